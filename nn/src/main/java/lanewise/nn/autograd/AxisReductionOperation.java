package lanewise.nn.autograd;

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
    private final Rows rows;

    private AxisReductionOperation(Tensor x, ReductionOperator operator, Rows rows) {
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
        int rank = x.shape().rank();
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    name + ": axis = " + axis + " of " + x.shape() + ", need " + -rank + " <= axis < " + rank);
        }
        Step step = Step.of(name, x);
        Rows rows = step.remembered(new Key(x.shape(), axis < 0 ? axis + rank : axis), Rows::of);
        Tensor y = step.result(rows.shape());
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

    private record Key(Shape x, int axis) {}

    /** Where the rows lie, and the shape of their numbers. */
    private record Rows(int outer, int n, int inner, Shape shape) {

        static Rows of(Key key) {
            int[] sizes = key.x().toArray();
            int[] others = new int[sizes.length - 1];
            int outer = 1;
            int inner = 1;
            for (int i = 0; i < others.length; i++) {
                others[i] = sizes[i < key.axis() ? i : i + 1];
                if (i < key.axis()) {
                    outer *= others[i];
                } else {
                    inner *= others[i];
                }
            }
            return new Rows(outer, sizes[key.axis()], inner, Shape.of(others));
        }
    }
}
