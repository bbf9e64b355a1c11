package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = a * b, element by element. */
public final class MultiplyOperation extends Operation {

    private final Tensor a;
    private final Tensor b;

    private MultiplyOperation(Tensor a, Tensor b) {
        this.a = a;
        this.b = b;
    }

    /**
     * a * b.
     *
     * @param a any shape
     * @param b a shape that meets it, as NumPy says
     * @return the product
     */
    public static Tensor apply(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape())) {
            return StridedOperation.meeting("mul", a, b, MultiplyOperation::apply);
        }
        Step step = Step.of("mul", a, b);
        Tensor y = step.result(a.shape());
        multiply(step.workers(), a, b, y);
        return step.records(a, b) ? step.record(y, new MultiplyOperation(a, b)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        if (a.requiresGrad()) {
            passTimes(workers, y, b, a);
        }
        if (b.requiresGrad()) {
            passTimes(workers, y, a, b);
        }
    }

    /** dx (+)= dy * factor. */
    private static void passTimes(Workers workers, Tensor y, Tensor factor, Tensor x) {
        if (accumulates(x)) {
            Tensor term = Step.of("mul", y).result(x.shape());
            multiply(workers, y.grad(), factor, term);
            Tensor dx = x.grad();
            Elementwise.axpy(workers, x.size(), 1, term.data(), term.offset(), dx.data(), dx.offset());
        } else {
            multiply(workers, y.grad(), factor, x.grad());
        }
    }

    private static void multiply(Workers workers, Tensor a, Tensor b, Tensor y) {
        Elementwise.multiply(workers, y.size(), a.data(), a.offset(), b.data(), b.offset(), y.data(), y.offset());
    }
}
