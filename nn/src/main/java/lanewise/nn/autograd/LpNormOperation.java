package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.normalization.LpNorm;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Rows along an axis, divided by their norms. */
public final class LpNormOperation extends Operation {

    private final Tensor x;
    private final int p;
    private final AxisRows rows;
    private final float epsilon;
    private final Tensor norm;

    private LpNormOperation(Tensor x, int p, AxisRows rows, float epsilon, Tensor norm) {
        this.x = x;
        this.p = p;
        this.rows = rows;
        this.epsilon = epsilon;
        this.norm = norm;
    }

    /**
     * The rows divided by their norms.
     *
     * @param x any shape but a scalar
     * @param p 1 or 2
     * @param axis along which rows go; negative ones count from the end
     * @param epsilon what norms are taken to be at least
     * @return the same shape
     */
    public static Tensor apply(Tensor x, int p, int axis, float epsilon) {
        AxisRows rows = AxisRows.of("normalize", x, axis);
        Step step = Step.of("normalize", x);
        Tensor y = step.result(x.shape());
        Tensor norm = step.result(step.remembered(rows, LpNormOperation::shape));
        LpNorm.forward(step.workers(), p, rows.outer(), rows.n(), rows.inner(), epsilon, x.data(), x.offset(), y.data(),
                y.offset(), norm.data(), norm.offset());
        return step.records(x) ? step.record(y, new LpNormOperation(x, p, rows, epsilon, norm)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        LpNorm.backward(workers, p, rows.outer(), rows.n(), rows.inner(), epsilon, x.data(), x.offset(), norm.data(),
                norm.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(), accumulate);
    }

    private static Shape shape(AxisRows rows) {
        return Shape.of(rows.outer(), rows.inner());
    }
}
