package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Where;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** A choice between two tensors, element by element. */
public final class WhereOperation extends Operation {

    private final Tensor condition;
    private final Tensor a;
    private final Tensor b;
    // Where the gradient goes that nobody asked for: the kernel computes both in one pass.
    private final Tensor unused;

    private WhereOperation(Step step, Tensor condition, Tensor a, Tensor b) {
        this.condition = condition;
        this.a = a;
        this.b = b;
        unused = a.requiresGrad() && b.requiresGrad() ? null : step.result(a.shape());
    }

    /**
     * The elements of a where the condition is not 0, those of b elsewhere.
     *
     * @param condition of a shape that meets those of a and b
     * @param a what is taken where the condition is true
     * @param b what is taken elsewhere
     * @return the shape in which all meet
     */
    public static Tensor apply(Tensor condition, Tensor a, Tensor b) {
        Step step = Step.of("where", condition, a, b);
        Shape shape = StridedOperation.meeting("where", step, a.shape(), b.shape());
        shape = StridedOperation.meeting("where", step, shape, condition.shape());
        Tensor c = StridedOperation.expanded(step, condition, shape);
        Tensor one = StridedOperation.expanded(step, a, shape);
        Tensor other = StridedOperation.expanded(step, b, shape);
        Tensor y = step.result(shape);
        Where.forward(step.workers(), y.size(), c.data(), c.offset(), one.data(), one.offset(), other.data(),
                other.offset(), y.data(), y.offset());
        return step.records(one, other) ? step.record(y, new WhereOperation(step, c, one, other)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        boolean addA = a.requiresGrad() && accumulates(a);
        boolean addB = b.requiresGrad() && accumulates(b);
        Tensor da = a.requiresGrad() ? a.grad() : unused;
        Tensor db = b.requiresGrad() ? b.grad() : unused;
        Where.backward(workers, a.size(), condition.data(), condition.offset(), dy.data(), dy.offset(), da.data(),
                da.offset(), addA, db.data(), db.offset(), addB);
    }
}
