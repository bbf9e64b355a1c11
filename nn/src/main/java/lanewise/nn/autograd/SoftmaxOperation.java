package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.Softmax;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** The softmax along an axis, or its logarithm. */
public final class SoftmaxOperation extends Operation {

    private final Tensor x;
    private final boolean log;
    private final AxisRows rows;

    private SoftmaxOperation(Tensor x, AxisRows rows, boolean log) {
        this.x = x;
        this.rows = rows;
        this.log = log;
    }

    /**
     * The softmax, or its logarithm.
     *
     * @param x any shape but a scalar
     * @param axis along which the results add up to 1; negative ones count from the end
     * @param log whether the logarithm is asked for
     * @return the same shape
     */
    public static Tensor apply(Tensor x, int axis, boolean log) {
        String name = log ? "logSoftmax" : "softmax";
        AxisRows rows = AxisRows.of(name, x, axis);
        Step step = Step.of(name, x);
        Tensor y = step.result(x.shape());
        var operation = new SoftmaxOperation(x, rows, log);
        operation.forward(step.workers(), y);
        return step.records(x) ? step.record(y, operation) : y;
    }

    private void forward(Workers workers, Tensor y) {
        if (log) {
            LogSoftmax.forward(workers, rows.outer(), rows.n(), rows.inner(), x.data(), x.offset(), y.data(),
                    y.offset());
        } else {
            Softmax.forward(workers, rows.outer(), rows.n(), rows.inner(), x.data(), x.offset(), y.data(), y.offset());
        }
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        if (log) {
            LogSoftmax.backward(workers, rows.outer(), rows.n(), rows.inner(), y.data(), y.offset(), dy.data(),
                    dy.offset(), dx.data(),
                    dx.offset(), accumulate);
        } else {
            Softmax.backward(workers, rows.outer(), rows.n(), rows.inner(), y.data(), y.offset(), dy.data(),
                    dy.offset(), dx.data(),
                    dx.offset(), accumulate);
        }
    }
}
