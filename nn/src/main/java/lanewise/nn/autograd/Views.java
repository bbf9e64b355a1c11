package lanewise.nn.autograd;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.layout.Layout;
import lanewise.kernels.layout.Strided;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/**
 * How the elements of x become those of y.
 *
 * @param ofX what is seen of x
 * @param ofY what is seen of y, in the same sizes
 * @param shape of y
 * @param coversX whether every element of x is seen once
 */
record Views(Layout ofX, Layout ofY, Shape shape, boolean coversX) {

    private static final int BITS_PER_AXIS = 4;

    /** What {@link #of(Permutation)} is made from. */
    record Permutation(Shape x, long axes) {

        /** The axes of y in terms of those of x, checked. */
        static Permutation of(Shape x, int... axes) {
            int seen = 0; // a bit for each axis, as an array would be made in each step
            long code = 0;
            boolean isPermutation = axes.length == x.rank();
            for (int i = 0; i < axes.length && isPermutation; i++) {
                int axis = axes[i] < 0 ? axes[i] + x.rank() : axes[i];
                isPermutation = axis >= 0 && axis < x.rank() && (seen & 1 << axis) == 0;
                if (isPermutation) {
                    seen |= 1 << axis;
                    code |= (long) axis << (BITS_PER_AXIS * i);
                }
            }
            if (!isPermutation) {
                throw new IllegalArgumentException(
                        "permute: axes = " + Arrays.toString(axes) + " of " + x + ", need each of its axes once");
            }
            return new Permutation(x, code);
        }

        private int axis(int i) {
            return (int) (axes >>> (BITS_PER_AXIS * i)) & ((1 << BITS_PER_AXIS) - 1);
        }
    }

    /** What {@link #of(Part)} is made from. */
    record Part(Shape x, int axis, int from, int to) {}

    /** What {@link #of(Padding)} is made from. */
    record Padding(Shape x, int axis, int before, int after) {}

    /** What {@link #of(Repetition)} is made from. */
    record Repetition(Shape x, Shape y) {}

    /** What {@link #of(SumOverAxis)} is made from. */
    record SumOverAxis(Shape x, int axis) {}

    /** Axes in another order. */
    static Views of(Permutation how) {
        int[] axes = IntStream.range(0, how.x().rank()).map(how::axis).toArray();
        Shape y = Shape.of(Arrays.stream(axes).map(how.x()::size).toArray());
        return new Views(layout(how.x()).permute(axes), layout(y), y, true);
    }

    /** A slice. */
    static Views of(Part part) {
        int[] sizes = part.x().toArray();
        boolean all = part.to() - part.from() == sizes[part.axis()];
        sizes[part.axis()] = part.to() - part.from();
        Shape y = Shape.of(sizes);
        return new Views(layout(part.x()).slice(part.axis(), part.from(), part.to()), layout(y), y, all);
    }

    /** A part of y, all of x. */
    static Views of(Padding how) {
        int[] sizes = how.x().toArray();
        int to = how.before() + sizes[how.axis()];
        sizes[how.axis()] = Math.addExact(to, how.after());
        Shape y = Shape.of(sizes);
        return new Views(layout(how.x()), layout(y).slice(how.axis(), how.before(), to), y, true);
    }

    /** Elements seen repeatedly. */
    static Views of(Repetition how) {
        return new Views(layout(how.x()).broadcast(how.y().toArray()), layout(how.y()), how.y(),
                how.x().size() == how.y().size());
    }

    /** Sums along an axis, which y lacks. */
    static Views of(SumOverAxis how) {
        int[] sizes = how.x().toArray();
        int[] kept = sizes.clone();
        kept[how.axis()] = 1;
        Shape y = Shape.of(
                IntStream.range(0, sizes.length).filter(axis -> axis != how.axis()).map(axis -> sizes[axis]).toArray());
        return new Views(layout(how.x()), Layout.of(kept).broadcast(sizes), y, true);
    }

    /** Copies what is seen of one tensor to what is seen of another, or adds it. */
    static void move(Workers workers, Layout from, Tensor x, Layout to, Tensor y, boolean add) {
        if (add) {
            Strided.add(workers, from, x.data(), x.offset(), to, y.data(), y.offset());
        } else {
            Strided.copy(workers, from, x.data(), x.offset(), to, y.data(), y.offset());
        }
    }

    private static Layout layout(Shape shape) {
        return Layout.of(shape.toArray());
    }
}
