package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Tensor;

/**
 * What the layers of a Transformer's encoder and decoder share: self-attention, the two linear layers after it, dropout, and
 * where normalization stands.
 *
 * @param <L> the layer
 */
abstract class TransformerLayer<L extends TransformerLayer<L>> extends Module {

    private static final long SEEDS_APART = 16;

    private final MultiheadAttention selfAttention;
    private final Linear linear1;
    private final Linear linear2;
    private Dropout inner;
    private Dropout[] outer;
    private boolean normFirst;
    private boolean gelu;

    TransformerLayer(int size, int heads, int feedForward, Generator random) {
        selfAttention = register("self_attn", new MultiheadAttention(size, heads, random));
        linear1 = register("linear1", new Linear(size, feedForward, random));
        linear2 = register("linear2", new Linear(feedForward, size, random));
    }

    /** How many sums a layer has: each has a dropout before it and a normalization. */
    abstract int sums();

    /** What is between self-attention and the linear layers, if anything is. */
    abstract MultiheadAttention otherAttention();

    abstract L self();

    /**
     * Normalizes what goes into attention and linear layers, and not the sums: the residual path stays as it is (pre-norm).
     *
     * @return this
     */
    public final L normFirst() {
        normFirst = true;
        return self();
    }

    /**
     * Has GELU between the linear layers, and not ReLU.
     *
     * @return this
     */
    public final L gelu() {
        gelu = true;
        return self();
    }

    /**
     * Dropout of the weights of attention, between the linear layers, and before each sum.
     *
     * @param probability of an element to become 0, in [0, 1)
     * @param seed which random numbers; for layers of a network at least 16 apart
     * @return this
     */
    public final L dropout(float probability, long seed) {
        if (inner != null) {
            throw new IllegalStateException(getClass().getSimpleName() + ": dropout is set already");
        }
        inner = register("dropout", new Dropout(probability, seed));
        outer = new Dropout[sums()];
        for (int i = 0; i < outer.length; i++) {
            outer[i] = register("dropout" + (i + 1), new Dropout(probability, seed + 1 + i));
        }
        selfAttention.dropout(probability, seed + SEEDS_APART - 1);
        if (otherAttention() != null) {
            otherAttention().dropout(probability, seed + SEEDS_APART - 2);
        }
        return self();
    }

    final MultiheadAttention selfAttention() {
        return selfAttention;
    }

    /** What goes into a part: the sum so far, normalized or not. */
    final Tensor before(Tensor x, LayerNorm norm) {
        return normFirst ? norm.forward(x) : x;
    }

    /** The sum, normalized or not. */
    final Tensor after(int sum, Tensor x, Tensor part, LayerNorm norm) {
        Tensor y = x.add(outer == null ? part : outer[sum].forward(part));
        return normFirst ? y : norm.forward(y);
    }

    final Tensor feedForward(Tensor x) {
        Tensor y = linear1.forward(x);
        y = gelu ? y.gelu() : y.relu();
        return linear2.forward(inner == null ? y : inner.forward(y));
    }
}
