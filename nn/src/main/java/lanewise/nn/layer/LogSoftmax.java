package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** The logarithm of {@link Softmax}, computed without it. */
public final class LogSoftmax extends Module {

    private final int axis;

    /**
     * The layer.
     *
     * @param axis along which the numbers belong together; negative ones count from the end
     */
    public LogSoftmax(int axis) {
        this.axis = axis;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.logSoftmax(axis);
    }
}
