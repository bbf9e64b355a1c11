package lanewise.kernels.layout;

import java.util.Arrays;

/**
 * A view of an array as a tensor: element [i, j, …] is the one at i · stride(0) + j · stride(1) + … after the first. Immutable; made
 * once for a shape and used in many calls.
 *
 * <pre>
 * Layout image = Layout.of(32, 3, 224, 224);                      // row-major
 * Layout asNhwc = image.permute(0, 2, 3, 1);                      // the same elements, other axes
 * Layout part = Layout.of(4, 10).slice(1, 2, 5);                  // columns 2, 3 and 4
 * Layout repeated = Layout.of(10).broadcast(4, 10);               // one row, seen four times
 * </pre>
 */
public final class Layout {

    /** The most axes that a view has. */
    public static final int MAX_RANK = 8;

    private final int[] sizes;
    private final int[] strides;
    private final int start;
    private final int span;

    private Layout(int[] sizes, int[] strides, int start, int span) {
        this.sizes = sizes;
        this.strides = strides;
        this.start = start;
        this.span = span;
    }

    /**
     * A tensor whose elements lie one after the other, the last axis first.
     *
     * @param sizes of its axes
     * @return the view
     * @throws IllegalArgumentException if a size is negative, there are more than {@link #MAX_RANK} axes, or more elements than
     *             an array has
     */
    public static Layout of(int... sizes) {
        int[] own = requireSizes("Layout", sizes);
        int length = requireLength("Layout", own);
        int[] strides = new int[own.length];
        long stride = 1;
        for (int axis = own.length - 1; axis >= 0; axis--) {
            strides[axis] = (int) stride;
            stride *= own[axis];
        }
        return new Layout(own, strides, 0, length);
    }

    /**
     * The same elements with axes in another order: axis i of the result is axis {@code axes[i]} of this.
     *
     * @param axes each axis once
     * @return the view
     * @throws IllegalArgumentException if {@code axes} is no permutation
     */
    public Layout permute(int... axes) {
        boolean[] seen = new boolean[sizes.length];
        int[] newSizes = new int[sizes.length];
        int[] newStrides = new int[sizes.length];
        boolean isPermutation = axes.length == sizes.length;
        for (int i = 0; i < axes.length && isPermutation; i++) {
            isPermutation = axes[i] >= 0 && axes[i] < sizes.length && !seen[axes[i]];
            if (isPermutation) {
                seen[axes[i]] = true;
                newSizes[i] = sizes[axes[i]];
                newStrides[i] = strides[axes[i]];
            }
        }
        if (!isPermutation) {
            throw new IllegalArgumentException("Layout.permute: axes = " + Arrays.toString(axes) + ", need each of "
                    + sizes.length + " axes once");
        }
        return new Layout(newSizes, newStrides, start, span);
    }

    /**
     * Some positions along an axis.
     *
     * @param axis which
     * @param from the first position
     * @param to the position after the last
     * @return the view
     * @throws IllegalArgumentException if there is no such axis, or not 0 ≤ from ≤ to ≤ its size
     */
    public Layout slice(int axis, int from, int to) {
        requireAxis("Layout.slice", axis);
        if (from < 0 || to < from || to > sizes[axis]) {
            throw new IllegalArgumentException("Layout.slice: from = " + from + ", to = " + to
                    + ", need 0 <= from <= to <= " + sizes[axis] + ", the size of axis " + axis);
        }
        int[] newSizes = sizes.clone();
        newSizes[axis] = to - from;
        return new Layout(newSizes, strides, start + (span == 0 ? 0 : from * strides[axis]), span);
    }

    /**
     * The same elements seen repeatedly, as NumPy does it: axes are matched from the last on; one of size 1, or one that is not
     * there, is repeated.
     *
     * @param newSizes the sizes to match
     * @return the view
     * @throws IllegalArgumentException if an axis is neither of size 1 nor of the new size, there are more axes than new ones, or
     *             more elements than an array has
     */
    public Layout broadcast(int... newSizes) {
        int[] own = requireSizes("Layout.broadcast", newSizes);
        requireLength("Layout.broadcast", own);
        int added = own.length - sizes.length;
        boolean fits = added >= 0;
        int[] newStrides = new int[own.length];
        for (int axis = 0; axis < sizes.length && fits; axis++) {
            fits = sizes[axis] == own[added + axis] || sizes[axis] == 1;
            newStrides[added + axis] = fits && sizes[axis] == 1 ? 0 : strides[axis];
        }
        if (!fits) {
            throw new IllegalArgumentException("Layout.broadcast: sizes = " + Arrays.toString(own) + ", need "
                    + Arrays.toString(sizes) + " at the end, or larger where that is 1");
        }
        return new Layout(own, newStrides, start, span);
    }

    /**
     * The number of axes.
     *
     * @return at most {@link #MAX_RANK}
     */
    public int rank() {
        return sizes.length;
    }

    /**
     * The size of an axis.
     *
     * @param axis which
     * @return how many positions it has
     */
    public int size(int axis) {
        return sizes[axis];
    }

    /**
     * The stride of an axis.
     *
     * @param axis which
     * @return elements from one position to the next; 0 where one element is seen repeatedly
     */
    public int stride(int axis) {
        return strides[axis];
    }

    /**
     * Where the view begins.
     *
     * @return from the array's first element to the view's
     */
    public int start() {
        return start;
    }

    /**
     * How many elements the array must have for the tensor that the view was made of.
     *
     * @return elements from the array's first on
     */
    public int span() {
        return span;
    }

    /** Whether two views have the same sizes. */
    boolean hasSizesOf(Layout other) {
        return Arrays.equals(sizes, other.sizes);
    }

    /** Whether an element is seen more than once. */
    boolean repeats() {
        boolean repeats = false;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 0) {
                return false;
            }
            repeats |= strides[axis] == 0 && sizes[axis] > 1;
        }
        return repeats;
    }

    private void requireAxis(String op, int axis) {
        if (axis < 0 || axis >= sizes.length) {
            throw new IllegalArgumentException(op + ": axis = " + axis + ", need 0 <= axis < " + sizes.length);
        }
    }

    private static int requireLength(String op, int... sizes) {
        long length = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            length *= sizes[axis];
            if (length > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(op + ": sizes = " + Arrays.toString(sizes) + ", need at most "
                        + Integer.MAX_VALUE + " elements");
            }
        }
        return (int) length;
    }

    private static int[] requireSizes(String op, int... sizes) {
        if (sizes.length > MAX_RANK) {
            throw new IllegalArgumentException(op + ": " + sizes.length + " axes, need at most " + MAX_RANK);
        }
        for (int size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException(op + ": sizes = " + Arrays.toString(sizes) + ", need sizes >= 0");
            }
        }
        return sizes.clone();
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes) + " with strides " + Arrays.toString(strides);
    }
}
