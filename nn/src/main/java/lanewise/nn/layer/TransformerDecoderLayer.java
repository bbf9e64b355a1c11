package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/**
 * A layer of a Transformer's decoder (Vaswani et al. 2017): causal self-attention, attention to what the encoder made, and two
 * linear layers, each added to its input and normalized. PyTorch's names; the batch comes first.
 *
 * <p>
 * Shapes: x and y are [batch, tokens, size], memory is [batch, keys, size]. Parameters: {@code self_attn} and {@code multihead_attn} as
 * {@link MultiheadAttention}, {@code linear1}, {@code linear2}, {@code norm1}, {@code norm2}, {@code norm3}.
 */
public final class TransformerDecoderLayer extends TransformerLayer<TransformerDecoderLayer> {

    private static final int SUMS = 3;

    private final MultiheadAttention attention;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;

    /**
     * A layer with rectifiers that normalizes sums, without dropout.
     *
     * @param size of a token
     * @param heads a divisor of the size
     * @param feedForward units between the two linear layers
     * @param random fills the parameters
     */
    public TransformerDecoderLayer(int size, int heads, int feedForward, Generator random) {
        super(size, heads, feedForward, random);
        selfAttention().causal();
        attention = register("multihead_attn", new MultiheadAttention(size, heads, random));
        norm1 = register("norm1", new LayerNorm(size));
        norm2 = register("norm2", new LayerNorm(size));
        norm3 = register("norm3", new LayerNorm(size));
    }

    /** Attends to itself where another layer attends to what the encoder made. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, x, null);
    }

    /**
     * With what the encoder made.
     *
     * @param x [batch, tokens, size]
     * @param memory [batch, keys, size]
     * @param memoryBias is added to the scores with the memory, as for
     *            {@link MultiheadAttention#forward(Tensor, Tensor, Tensor)}; or null
     * @return [batch, tokens, size]
     */
    public Tensor forward(Tensor x, Tensor memory, Tensor memoryBias) {
        Tensor y = after(0, x, selfAttention().forward(before(x, norm1)), norm1);
        y = after(1, y, attention.forward(before(y, norm2), memory, memoryBias), norm2);
        return after(2, y, feedForward(before(y, norm3)), norm3);
    }

    @Override
    int sums() {
        return SUMS;
    }

    @Override
    MultiheadAttention otherAttention() {
        return attention;
    }

    @Override
    TransformerDecoderLayer self() {
        return this;
    }
}
