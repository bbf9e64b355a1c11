package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** x times the probability that a normal number is less than x. */
public final class GELU extends Module {

    private final boolean approximate;

    /** The layer. */
    public GELU() {
        this(false);
    }

    private GELU(boolean approximate) {
        this.approximate = approximate;
    }

    /**
     * The layer by its approximation with a hyperbolic tangent, as GPT-2 has it.
     *
     * @return the layer
     */
    public static GELU tanh() {
        return new GELU(true);
    }

    @Override
    public Tensor forward(Tensor x) {
        return approximate ? x.geluTanh() : x.gelu();
    }
}
