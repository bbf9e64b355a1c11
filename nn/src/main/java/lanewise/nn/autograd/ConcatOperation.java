package lanewise.nn.autograd;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Tensors one after the other along an axis. */
public final class ConcatOperation extends Operation {

    private final List<Tensor> parts;
    private final int axis;

    private ConcatOperation(List<Tensor> parts, int axis) {
        this.parts = parts;
        this.axis = axis;
    }

    /**
     * Tensors one after the other along an axis.
     *
     * @param axis which; negative ones count from the end
     * @param parts at least one, of the same shape but for that axis
     * @return the tensor
     */
    public static Tensor apply(int axis, List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("concat: no tensors, need at least one");
        }
        Tensor first = parts.getFirst();
        first.shape().size(axis);
        int counted = axis < 0 ? axis + first.shape().rank() : axis;
        Step step = Step.of("concat", parts);
        boolean records = false;
        int size = 0;
        for (Tensor part : parts) {
            requireSameButFor(counted, first.shape(), part.shape());
            records |= step.records(part);
            size += part.shape().size(counted);
        }
        Shape shape = step.remembered(new Whole(first.shape(), counted, size), Whole::shape);
        Tensor y = step.result(shape);
        int from = 0;
        for (Tensor part : parts) {
            Views views = views(step, shape, counted, from, part);
            Views.move(step.workers(), views.ofY(), part, views.ofX(), y, false);
            from += part.shape().size(counted);
        }
        return records ? step.record(y, new ConcatOperation(List.copyOf(parts), counted)) : y;
    }

    /** The shape of the whole, which all parts but for one axis share. */
    private record Whole(Shape part, int axis, int size) {

        Shape shape() {
            int[] sizes = part.toArray();
            sizes[axis] = size;
            return Shape.of(sizes);
        }
    }

    private static Views views(Step step, Shape whole, int axis, int from, Tensor part) {
        return step.remembered(new Views.Part(whole, axis, from, from + part.shape().size(axis)), Views::of);
    }

    private static void requireSameButFor(int axis, Shape first, Shape other) {
        boolean same = first.rank() == other.rank();
        for (int i = 0; i < first.rank() && same; i++) {
            same = i == axis || first.size(i) == other.size(i);
        }
        if (!same) {
            throw new IllegalArgumentException("concat: first is " + first + ", another is " + other
                    + ": need the same sizes but along axis " + axis);
        }
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Step step = Step.of("concat", y);
        int from = 0;
        for (Tensor part : parts) {
            if (part.requiresGrad()) {
                Views views = views(step, y.shape(), axis, from, part);
                boolean accumulate = accumulates(part);
                Views.move(workers, views.ofX(), y.grad(), views.ofY(), part.grad(), accumulate);
            }
            from += part.shape().size(axis);
        }
    }
}
