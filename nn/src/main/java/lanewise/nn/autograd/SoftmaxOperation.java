package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.Softmax;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** The softmax along an axis, or its logarithm. */
public final class SoftmaxOperation extends Operation {

    private final Tensor x;
    private final boolean log;
    private final int outer;
    private final int n;
    private final int inner;

    private SoftmaxOperation(Tensor x, int axis, boolean log) {
        this.x = x;
        this.log = log;
        Shape shape = x.shape();
        int blocks = 1;
        for (int i = 0; i < axis; i++) {
            blocks *= shape.size(i);
        }
        outer = blocks;
        n = shape.size(axis);
        inner = outer * n == 0 ? 0 : shape.size() / (outer * n);
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
        int rank = x.shape().rank();
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    name + ": axis = " + axis + " of " + x.shape() + ", need " + -rank + " <= axis < " + rank);
        }
        Step step = Step.of(name, x);
        Tensor y = step.result(x.shape());
        var operation = new SoftmaxOperation(x, axis < 0 ? axis + rank : axis, log);
        operation.forward(step.workers(), y);
        return step.records(x) ? step.record(y, operation) : y;
    }

    private void forward(Workers workers, Tensor y) {
        if (log) {
            LogSoftmax.forward(workers, outer, n, inner, x.data(), x.offset(), y.data(), y.offset());
        } else {
            Softmax.forward(workers, outer, n, inner, x.data(), x.offset(), y.data(), y.offset());
        }
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        if (log) {
            LogSoftmax.backward(workers, outer, n, inner, y.data(), y.offset(), dy.data(), dy.offset(), dx.data(),
                    dx.offset(), accumulate);
        } else {
            Softmax.backward(workers, outer, n, inner, y.data(), y.offset(), dy.data(), dy.offset(), dx.data(),
                    dx.offset(), accumulate);
        }
    }
}
