package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Relu;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = max(x, 0). */
public final class ReluOperation extends Operation {

    private final Tensor x;

    private ReluOperation(Tensor x) {
        this.x = x;
    }

    /**
     * max(x, 0).
     *
     * @param x any shape
     * @return the same shape
     */
    public static Tensor apply(Tensor x) {
        Step step = Step.of("relu", x);
        Tensor y = step.result(x.shape());
        Relu.forward(step.workers(), x.size(), x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new ReluOperation(x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        Relu.backward(workers, x.size(), y.data(), y.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(),
                accumulate);
    }
}
