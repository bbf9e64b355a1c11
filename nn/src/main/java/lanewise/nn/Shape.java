package lanewise.nn;

import java.util.Arrays;

/** The sizes of a tensor's axes, outermost first. Immutable. */
public final class Shape {

    /** The shape of a single number: no axes, one element. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] sizes;
    private final int size;

    private Shape(int[] sizes) {
        long product = 1;
        for (int s : sizes) {
            if (s < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(sizes) + ": need sizes >= 0");
            }
            product *= s;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "shape " + Arrays.toString(sizes) + ": need at most " + Integer.MAX_VALUE + " elements");
            }
        }
        this.sizes = sizes;
        this.size = (int) product;
    }

    /**
     * The shape with these sizes.
     *
     * @param sizes size of each axis, outermost first; none may be negative, and an array must be able to hold the
     *            product
     * @return the shape
     */
    public static Shape of(int... sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
    }

    /**
     * The number of axes.
     *
     * @return the number
     */
    public int rank() {
        return sizes.length;
    }

    /**
     * The number of elements: the product of all sizes.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /**
     * The size of one axis.
     *
     * @param axis the axis, counted from 0 outermost, or from -1 innermost
     * @return its size
     * @throws IllegalArgumentException if there is no such axis
     */
    public int size(int axis) {
        int i = axis < 0 ? axis + sizes.length : axis;
        if (i < 0 || i >= sizes.length) {
            throw new IllegalArgumentException("shape " + this + ": axis = " + axis + ", need -" + sizes.length
                    + " <= axis < " + sizes.length);
        }
        return sizes[i];
    }

    /**
     * The sizes of all axes.
     *
     * @return a new array, outermost first
     */
    public int[] toArray() {
        return sizes.clone();
    }

    /**
     * The number of innermost rows: the product of all sizes but the last. A scalar is one row.
     *
     * @return the number
     */
    public int rows() {
        int rows = 1;
        for (int i = 0; i < sizes.length - 1; i++) {
            rows *= sizes[i];
        }
        return rows;
    }

    /**
     * This shape with another size of the innermost axis.
     *
     * @param last the size
     * @return the shape
     * @throws IllegalArgumentException if this is the shape of a scalar
     */
    public Shape withLast(int last) {
        size(-1);
        int[] changed = sizes.clone();
        changed[changed.length - 1] = last;
        return new Shape(changed);
    }

    /** Whether this is {@code like} but for the innermost size, which is {@code last}. */
    boolean isWithLast(Shape like, int last) {
        int axes = sizes.length;
        return axes == like.sizes.length && axes > 0 && sizes[axes - 1] == last
                && Arrays.equals(sizes, 0, axes - 1, like.sizes, 0, axes - 1);
    }

    /** Whether this is the shape of a matrix of so many rows and columns. */
    boolean isMatrix(int rows, int columns) {
        return sizes.length == 2 && sizes[0] == rows && sizes[1] == columns;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
