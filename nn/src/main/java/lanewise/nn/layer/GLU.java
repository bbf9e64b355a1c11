package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** The gated linear unit: the first half along an axis times the sigmoid of the second. */
public final class GLU extends Module {

    private final int axis;

    /** The layer as PyTorch makes it: along the last axis. */
    public GLU() {
        this(-1);
    }

    /**
     * The layer.
     *
     * @param axis the axis that is halved; negative counts from the end
     */
    public GLU(int axis) {
        this.axis = axis;
    }

    @Override
    public Tensor forward(Tensor x) {
        int size = x.shape().size(axis);
        if (size % 2 != 0) {
            throw new IllegalArgumentException(
                    "GLU: x is " + x.shape() + ", need an even size along axis " + axis);
        }
        return x.slice(axis, 0, size / 2).mul(x.slice(axis, size / 2, size).sigmoid());
    }
}
