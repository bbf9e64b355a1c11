package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Sigmoid;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = 1 / (1 + exp(-x)). */
public final class SigmoidOperation extends Operation {

    private final Tensor x;

    private SigmoidOperation(Tensor x) {
        this.x = x;
    }

    /**
     * The sigmoid of x.
     *
     * @param x any shape
     * @return the same shape
     */
    public static Tensor apply(Tensor x) {
        Step step = Step.of("sigmoid", x);
        Tensor y = step.result(x.shape());
        Sigmoid.forward(step.workers(), x.size(), x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new SigmoidOperation(x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        Sigmoid.backward(workers, x.size(), y.data(), y.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(),
                accumulate);
    }
}
