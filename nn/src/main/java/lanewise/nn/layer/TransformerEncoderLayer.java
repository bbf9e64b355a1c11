package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/**
 * A layer of a Transformer's encoder (Vaswani et al. 2017), or, with {@link #causal}, of a model that continues texts: self-attention and
 * two linear layers, each added to its input and normalized. PyTorch's names; the batch comes first.
 *
 * <p>
 * Shapes: x and y are [batch, tokens, size]. Parameters: {@code self_attn} as {@link MultiheadAttention}, {@code linear1}, {@code linear2},
 * {@code norm1}, {@code norm2}.
 */
public final class TransformerEncoderLayer extends TransformerLayer<TransformerEncoderLayer> {

    private static final int SUMS = 2;

    private final LayerNorm norm1;
    private final LayerNorm norm2;

    /**
     * A layer with rectifiers that normalizes sums, without dropout.
     *
     * @param size of a token
     * @param heads a divisor of the size
     * @param feedForward units between the two linear layers
     * @param random fills the parameters
     */
    public TransformerEncoderLayer(int size, int heads, int feedForward, Generator random) {
        super(size, heads, feedForward, random);
        norm1 = register("norm1", new LayerNorm(size));
        norm2 = register("norm2", new LayerNorm(size));
    }

    /**
     * A token sees itself and those before it only.
     *
     * @return this
     */
    public TransformerEncoderLayer causal() {
        selfAttention().causal();
        return this;
    }

    /**
     * Queries and keys are turned by their positions, as {@link MultiheadAttention#rotary}.
     *
     * @param tokens the greatest number of positions, at least 1
     * @param base of the wavelengths, greater than 1; 10000 is the custom
     * @return this
     */
    public TransformerEncoderLayer rotary(int tokens, double base) {
        selfAttention().rotary(tokens, base);
        return this;
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, (Tensor) null);
    }

    /**
     * With a bias of the scores.
     *
     * @param x [batch, tokens, size]
     * @param bias as for {@link MultiheadAttention#forward(Tensor, Tensor, Tensor)}, or null
     * @return [batch, tokens, size]
     */
    public Tensor forward(Tensor x, Tensor bias) {
        Tensor asked = before(x, norm1);
        Tensor y = after(0, x, selfAttention().forward(asked, asked, bias), norm1);
        return after(1, y, feedForward(before(y, norm2)), norm2);
    }

    /**
     * For tokens that follow those of a cache, causally, as {@link MultiheadAttention#forward(Tensor, KeyValueCache)}.
     *
     * @param x the tokens that follow: [batch, tokens, size]
     * @param cache those before them; one for each layer
     * @return [batch, tokens, size]
     */
    public Tensor forward(Tensor x, KeyValueCache cache) {
        Tensor y = after(0, x, selfAttention().forward(before(x, norm1), cache), norm1);
        return after(1, y, feedForward(before(y, norm2)), norm2);
    }

    @Override
    int sums() {
        return SUMS;
    }

    @Override
    MultiheadAttention otherAttention() {
        return null;
    }

    @Override
    TransformerEncoderLayer self() {
        return this;
    }
}
