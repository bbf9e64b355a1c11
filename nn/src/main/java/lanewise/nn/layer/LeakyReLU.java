package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** x, or a part of it where it is negative. */
public final class LeakyReLU extends Module {

    private final float slope;

    /** The layer as PyTorch makes it: slope = 0.01. */
    public LeakyReLU() {
        this(0.01f);
    }

    /**
     * The layer.
     *
     * @param slope the slope for negative arguments
     */
    public LeakyReLU(float slope) {
        this.slope = slope;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.leakyRelu(slope);
    }
}
