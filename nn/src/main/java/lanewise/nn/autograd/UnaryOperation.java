package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** A function of each element. */
public final class UnaryOperation extends Operation {

    private final UnaryFunction function;
    private final Tensor x;

    private UnaryOperation(UnaryFunction function, Tensor x) {
        this.function = function;
        this.x = x;
    }

    /**
     * The results.
     *
     * @param x any shape
     * @param function what is computed
     * @return the same shape
     */
    public static Tensor apply(Tensor x, UnaryFunction function) {
        Step step = Step.of("apply", x);
        Tensor y = step.result(x.shape());
        Unary.forward(step.workers(), function, x.size(), x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new UnaryOperation(function, x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        Unary.backward(workers, function, x.size(), x.data(), x.offset(), dy.data(), dy.offset(), dx.data(),
                dx.offset(),
                accumulate);
    }
}
