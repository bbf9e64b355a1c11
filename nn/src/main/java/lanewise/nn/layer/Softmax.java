package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** Numbers in proportion to exp(x) that add up to 1 along an axis. */
public final class Softmax extends Module {

    private final int axis;

    /**
     * The layer.
     *
     * @param axis along which the numbers belong together; negative ones count from the end
     */
    public Softmax(int axis) {
        this.axis = axis;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.softmax(axis);
    }
}
