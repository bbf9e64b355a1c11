package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.reduction.CumulativeSum;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Running sums along an axis. */
public final class CumulativeSumOperation extends Operation {

    private final Tensor x;
    private final AxisRows rows;

    private CumulativeSumOperation(Tensor x, AxisRows rows) {
        this.x = x;
        this.rows = rows;
    }

    /**
     * The sums of each element and those before it.
     *
     * @param x any shape but a scalar
     * @param axis along which; negative ones count from the end
     * @return the same shape
     */
    public static Tensor apply(Tensor x, int axis) {
        AxisRows rows = AxisRows.of("cumsum", x, axis);
        Step step = Step.of("cumsum", x);
        Tensor y = step.result(x.shape());
        CumulativeSum.forward(step.workers(), rows.outer(), rows.n(), rows.inner(), false, false, x.data(), x.offset(),
                y.data(), y.offset());
        return step.records(x) ? step.record(y, new CumulativeSumOperation(x, rows)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        CumulativeSum.backward(workers, rows.outer(), rows.n(), rows.inner(), false, false, dy.data(), dy.offset(),
                dx.data(), dx.offset(), accumulate);
    }
}
