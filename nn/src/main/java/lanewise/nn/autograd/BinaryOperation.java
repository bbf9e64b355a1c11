package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Binary;
import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** A function of two tensors, element by element. */
public final class BinaryOperation extends Operation {

    private final BinaryFunction function;
    private final Tensor a;
    private final Tensor b;

    private BinaryOperation(BinaryFunction function, Tensor a, Tensor b) {
        this.function = function;
        this.a = a;
        this.b = b;
    }

    /**
     * The results.
     *
     * @param name of the operation, for messages
     * @param function what is computed
     * @param a first arguments
     * @param b second arguments, of a shape that meets that of a
     * @return the shape in which both meet
     */
    public static Tensor apply(String name, BinaryFunction function, Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            return StridedOperation.meeting(name, a, b, (x, y) -> apply(name, function, x, y));
        }
        Step step = Step.of(name, a, b);
        Tensor y = step.result(a.shape());
        Binary.forward(step.workers(), function, a.size(), a.data(), a.offset(), b.data(), b.offset(), y.data(),
                y.offset());
        return !function.isComparison() && step.records(a, b) ? step.record(y, new BinaryOperation(function, a, b)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        if (a.requiresGrad()) {
            boolean accumulate = accumulates(a);
            Tensor da = a.grad();
            Binary.backwardA(workers, function, a.size(), a.data(), a.offset(), b.data(), b.offset(), dy.data(),
                    dy.offset(), da.data(), da.offset(), accumulate);
        }
        if (b.requiresGrad()) {
            boolean accumulate = accumulates(b);
            Tensor db = b.grad();
            Binary.backwardB(workers, function, a.size(), a.data(), a.offset(), b.data(), b.offset(), dy.data(),
                    dy.offset(), db.data(), db.offset(), accumulate);
        }
    }
}
