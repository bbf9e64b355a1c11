package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.layout.GatherElements;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Elements of rows along an axis, chosen for each result by its own number. */
public final class GatherOperation extends Operation {

    private final Tensor x;
    private final AxisRows rows;
    private final int count;
    private final int[] index;

    private GatherOperation(Tensor x, AxisRows rows, int count, int[] index) {
        this.x = x;
        this.rows = rows;
        this.count = count;
        this.index = index;
    }

    /**
     * The elements.
     *
     * @param x any shape but a scalar
     * @param axis along which elements are chosen; negative ones count from the end
     * @param index whole numbers, of the shape of x but for that axis
     * @return the shape of index
     */
    public static Tensor apply(Tensor x, int axis, Tensor index) {
        AxisRows rows = AxisRows.of("gather", x, axis);
        int counted = AxisRows.axis("gather", x.shape(), axis);
        boolean fits = index.shape().rank() == x.shape().rank();
        for (int i = 0; i < x.shape().rank() && fits; i++) {
            fits = i == counted || index.shape().size(i) == x.shape().size(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("gather: index is " + index.shape() + ", need the shape " + x.shape()
                    + " of this, with any size along axis " + axis);
        }
        Step step = Step.of("gather", x, index);
        int[] numbers = Indices.of("gather", "index", step, index, rows.n(), ", as this is " + x.shape());
        int count = index.shape().size(counted);
        Tensor y = step.result(index.shape());
        GatherElements.forward(step.workers(), rows.outer(), rows.n(), rows.inner(), count, x.data(), x.offset(),
                numbers, 0, y.data(), y.offset());
        return step.records(x) ? step.record(y, new GatherOperation(x, rows, count, numbers)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        GatherElements.backward(workers, rows.outer(), rows.n(), rows.inner(), count, dy.data(), dy.offset(), index, 0,
                dx.data(), dx.offset(), accumulate);
    }
}
