package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** x, or alpha · (exp(x / alpha) - 1) where it is negative. */
public final class CELU extends Module {

    private final float alpha;

    /** The layer as PyTorch makes it: alpha = 1. */
    public CELU() {
        this(1f);
    }

    /**
     * The layer.
     *
     * @param alpha minus the limit for negative arguments, positive
     */
    public CELU(float alpha) {
        this.alpha = alpha;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.celu(alpha);
    }
}
