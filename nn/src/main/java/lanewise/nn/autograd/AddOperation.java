package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.reduction.Reduction;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = a + b, where b has the shape of a or is a row that is added to each row of a. */
public final class AddOperation extends Operation {

    private final Tensor a;
    private final Tensor b;

    private AddOperation(Tensor a, Tensor b) {
        this.a = a;
        this.b = b;
    }

    /**
     * a + b. A row is added to each row of a without a copy; other shapes that differ are expanded first.
     *
     * @param a any shape
     * @param b a shape that meets it, as NumPy says
     * @return the sum
     */
    public static Tensor apply(Tensor a, Tensor b) {
        if (!a.shape().equals(b.shape()) && !isRow(a, b)) {
            return StridedOperation.meeting("add", a, b, AddOperation::apply);
        }
        Step step = Step.of("add", a, b);
        Tensor y = step.result(a.shape());
        int columns = b.size();
        for (int i = 0; i < a.size(); i += columns) {
            Elementwise.add(step.workers(), columns, a.data(), a.offset() + i, b.data(), b.offset(), y.data(),
                    y.offset() + i);
        }
        return step.records(a, b) ? step.record(y, new AddOperation(a, b)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        if (a.requiresGrad()) {
            ViewOperation.pass(workers, y, a);
        }
        if (!b.requiresGrad()) {
            return;
        }
        if (isRow(a, b)) {
            boolean accumulate = accumulates(b);
            Tensor dy = y.grad();
            Tensor db = b.grad();
            int columns = b.size();
            Reduction.columnSums(workers, y.shape().rows(), columns, dy.data(), dy.offset(), columns, db.data(),
                    db.offset(), accumulate);
        } else {
            ViewOperation.pass(workers, y, b);
        }
    }

    private static boolean isRow(Tensor a, Tensor b) {
        return b.shape().rank() == 1 && a.shape().rank() > 1 && a.shape().size(-1) == b.size();
    }
}
