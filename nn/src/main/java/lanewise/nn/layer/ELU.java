package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** x, or alpha · (exp(x) - 1) where it is negative. */
public final class ELU extends Module {

    private final float alpha;

    /** The layer as PyTorch makes it: alpha = 1. */
    public ELU() {
        this(1f);
    }

    /**
     * The layer.
     *
     * @param alpha minus the limit for negative arguments
     */
    public ELU(float alpha) {
        this.alpha = alpha;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.elu(alpha);
    }
}
