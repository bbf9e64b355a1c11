package lanewise.nn.autograd;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.reduction.AxisReduction;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** One number from each row along an axis. */
public final class AxisReductionOperation extends Operation {

    private final Tensor x;
    private final ReductionOperator operator;
    private final AxisRows rows;

    private AxisReductionOperation(Tensor x, ReductionOperator operator, AxisRows rows) {
        this.x = x;
        this.operator = operator;
        this.rows = rows;
    }

    /**
     * The numbers.
     *
     * @param name of the operation, for messages
     * @param x any shape but a scalar
     * @param axis along which rows go; negative ones count from the end
     * @param operator what is computed
     * @return the shape of x without that axis
     */
    public static Tensor apply(String name, Tensor x, int axis, ReductionOperator operator) {
        AxisRows rows = AxisRows.of(name, x, axis);
        Step step = Step.of(name, x);
        Key key = new Key(x.shape(), AxisRows.axis(name, x.shape(), axis));
        Tensor y = step.result(step.remembered(key, Key::withoutAxis));
        AxisReduction.forward(step.workers(), operator, rows.outer(), rows.n(), rows.inner(), x.data(), x.offset(),
                y.data(), y.offset());
        return step.records(x) ? step.record(y, new AxisReductionOperation(x, operator, rows)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        AxisReduction.backward(workers, operator, rows.outer(), rows.n(), rows.inner(), x.data(), x.offset(), y.data(),
                y.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(), accumulate);
    }

    private record Key(Shape x, int axis) {

        Shape withoutAxis() {
            return Shape.of(IntStream.range(0, x.rank()).filter(i -> i != axis).map(x::size).toArray());
        }
    }
}
