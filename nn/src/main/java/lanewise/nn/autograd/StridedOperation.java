package lanewise.nn.autograd;

import java.util.Arrays;
import java.util.function.BinaryOperator;
import lanewise.kernels.Workers;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** A copy between two views, or a sum over an axis; each is the other's gradient. */
public final class StridedOperation extends Operation {

    private final Tensor x;
    private final Views views;

    private StridedOperation(Tensor x, Views views) {
        this.x = x;
        this.views = views;
    }

    /**
     * The axes in another order.
     *
     * @param x any shape
     * @param axes axis i of the result is axis {@code axes[i]} of x; negative ones count from the end
     * @return the tensor
     */
    public static Tensor permute(Tensor x, int... axes) {
        Step step = Step.of("permute", x);
        return apply(step, x, step.remembered(Views.Permutation.of(x.shape(), axes), Views::of), false);
    }

    /**
     * Some positions along an axis.
     *
     * @param x any shape but a scalar
     * @param axis which; negative ones count from the end
     * @param from the first position
     * @param to the position after the last
     * @return the tensor
     */
    public static Tensor slice(Tensor x, int axis, int from, int to) {
        int size = x.shape().size(axis);
        if (from < 0 || to < from || to > size) {
            throw new IllegalArgumentException("slice: from = " + from + ", to = " + to + " along axis " + axis + " of "
                    + x.shape() + ", need 0 <= from <= to <= " + size);
        }
        Step step = Step.of("slice", x);
        int counted = axis < 0 ? axis + x.shape().rank() : axis;
        return apply(step, x, step.remembered(new Views.Part(x.shape(), counted, from, to), Views::of), false);
    }

    /**
     * The tensor with positions before and after it along an axis.
     *
     * @param x any shape but a scalar
     * @param axis which; negative ones count from the end
     * @param before how many positions come before
     * @param after how many come after
     * @param value what stands there
     * @return the larger tensor
     */
    public static Tensor pad(Tensor x, int axis, int before, int after, float value) {
        int counted = AxisRows.axis("pad", x.shape(), axis);
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException("pad: before = " + before + ", after = " + after + ", need both >= 0");
        }
        Step step = Step.of("pad", x);
        Views views = step.remembered(new Views.Padding(x.shape(), counted, before, after), Views::of);
        Tensor y = step.result(views.shape());
        fill(y, value);
        Views.move(step.workers(), views.ofX(), x, views.ofY(), y, false);
        return step.records(x) ? step.record(y, new StridedOperation(x, views)) : y;
    }

    /**
     * Axes of size 1, and ones that are not there, repeated, as NumPy does it.
     *
     * @param x any shape
     * @param shape which it becomes
     * @return the tensor
     */
    public static Tensor expand(Tensor x, Shape shape) {
        if (!shape.equals(broadcast("expand", x.shape(), shape))) {
            throw new IllegalArgumentException("expand: this is " + x.shape() + ", shape is " + shape
                    + ": need the same sizes from the last axis on, or larger ones where this has 1");
        }
        Step step = Step.of("expand", x);
        return apply(step, x, step.remembered(new Views.Repetition(x.shape(), shape), Views::of), false);
    }

    /**
     * The sums along an axis.
     *
     * @param x any shape but a scalar
     * @param axis which; negative ones count from the end
     * @return the shape of x without that axis
     */
    public static Tensor sum(Tensor x, int axis) {
        x.shape().size(axis);
        Step step = Step.of("sum", x);
        int counted = axis < 0 ? axis + x.shape().rank() : axis;
        return apply(step, x, step.remembered(new Views.SumOverAxis(x.shape(), counted), Views::of), true);
    }

    /** An operation on two tensors of different shapes, which are expanded to that in which they meet. */
    static Tensor meeting(String op, Tensor a, Tensor b, BinaryOperator<Tensor> operation) {
        Step step = Step.of(op, a, b);
        Shape shape = meeting(op, step, a.shape(), b.shape());
        return operation.apply(expanded(step, a, shape), expanded(step, b, shape));
    }

    /** The shape in which two meet. */
    static Shape meeting(String op, Step step, Shape a, Shape b) {
        return a.equals(b) ? a : step.remembered(new Meeting(a, b, op), Meeting::shape);
    }

    /** Expands a tensor, which may belong to no step, to a shape that it meets others in. */
    static Tensor expanded(Step step, Tensor x, Shape shape) {
        return x.shape().equals(shape)
                ? x
                : apply(step, x, step.remembered(new Views.Repetition(x.shape(), shape), Views::of), false);
    }

    private record Meeting(Shape a, Shape b, String op) {

        Shape shape() {
            return broadcast(op, a, b);
        }
    }

    /** The shape in which two meet, as NumPy finds it. */
    static Shape broadcast(String op, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] sizes = new int[rank];
        for (int axis = 1; axis <= rank; axis++) {
            int ofA = axis > a.rank() ? 1 : a.size(-axis);
            int ofB = axis > b.rank() ? 1 : b.size(-axis);
            if (ofA != ofB && ofA != 1 && ofB != 1) {
                throw new IllegalArgumentException(
                        op + ": left is " + a + ", right is " + b + ": sizes " + ofA + " and "
                                + ofB + " differ, need the same from the last axis on, or 1");
            }
            sizes[rank - axis] = ofA == 1 ? ofB : ofA;
        }
        return Shape.of(sizes);
    }

    private static Tensor apply(Step step, Tensor x, Views views, boolean sum) {
        Tensor y = step.result(views.shape());
        if (sum) {
            fill(y, 0);
        }
        Views.move(step.workers(), views.ofX(), x, views.ofY(), y, sum);
        return step.records(x) ? step.record(y, new StridedOperation(x, views)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        boolean fill = !accumulate && !views.coversX();
        if (fill) {
            fill(x.grad(), 0);
        }
        Views.move(workers, views.ofY(), y.grad(), views.ofX(), x.grad(), accumulate || fill);
    }

    private static void fill(Tensor y, float value) {
        Arrays.fill(y.data(), y.offset(), y.offset() + y.size(), value);
    }
}
