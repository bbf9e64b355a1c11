package lanewise.testing;

import java.util.Arrays;

/**
 * A matrix in the middle of an array whose other elements are sentinels: before it, after it and between its rows. A
 * kernel that writes outside its operand changes a sentinel; one that computes with what it reads there gets NaN.
 */
public final class GuardedArray {

    // A quiet NaN with a payload of its own: no arithmetic makes it.
    private static final int SENTINEL = 0x7fc5_afe5;

    private float[] array;
    private final int offset;
    private final int rows;
    private final int columns;
    private final int ld;

    private GuardedArray(int rows, int columns, int ld, int before, int after) {
        if (ld < columns) {
            throw new IllegalArgumentException("GuardedArray: ld = " + ld + ", need ld >= columns = " + columns);
        }
        this.rows = rows;
        this.columns = columns;
        this.ld = ld;
        offset = before;
        array = new float[before + (rows == 0 || columns == 0 ? 0 : (rows - 1) * ld + columns) + after];
        Arrays.fill(array, Float.intBitsToFloat(SENTINEL));
        fill(0);
    }

    /**
     * A row-major matrix of zeros.
     *
     * @param rows number of rows
     * @param columns number of columns
     * @param ld elements between the starts of two rows, at least {@code columns}
     * @param before sentinels before it: its offset
     * @param after sentinels after it
     * @return the matrix
     */
    public static GuardedArray matrix(int rows, int columns, int ld, int before, int after) {
        return new GuardedArray(rows, columns, ld, before, after);
    }

    /**
     * A vector of zeros.
     *
     * @param n number of elements
     * @param before sentinels before it: its offset
     * @param after sentinels after it
     * @return the vector
     */
    public static GuardedArray vector(int n, int before, int after) {
        return new GuardedArray(1, n, n, before, after);
    }

    /**
     * The whole array, sentinels included: what a kernel gets.
     *
     * @return the array itself
     */
    public float[] array() {
        return array;
    }

    /**
     * The index of the first element.
     *
     * @return the offset
     */
    public int offset() {
        return offset;
    }

    /**
     * The leading dimension.
     *
     * @return elements between the starts of two rows
     */
    public int ld() {
        return ld;
    }

    /**
     * The number of elements, sentinels not counted.
     *
     * @return rows times columns
     */
    public int size() {
        return rows * columns;
    }

    /**
     * An element of a vector, or of a matrix counted row by row.
     *
     * @param i which element, at most {@link #size()} − 1
     * @return its value
     */
    public float get(int i) {
        return array[index(i)];
    }

    /**
     * An element of a matrix.
     *
     * @param row its row
     * @param column its column
     * @return its value
     */
    public float get(int row, int column) {
        return array[offset + row * ld + column];
    }

    /**
     * Sets an element of a vector, or of a matrix counted row by row.
     *
     * @param i which element
     * @param value its new value
     */
    public void set(int i, float value) {
        array[index(i)] = value;
    }

    /**
     * Sets every element; sentinels stay.
     *
     * @param value the new value
     * @return this
     */
    public GuardedArray fill(float value) {
        for (int i = 0; i < size(); i++) {
            set(i, value);
        }
        return this;
    }

    /**
     * Sets the elements, row by row; sentinels stay.
     *
     * @param values as many as there are elements
     * @return this
     */
    public GuardedArray fill(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException("fill: " + values.length + " values, need " + size());
        }
        for (int i = 0; i < values.length; i++) {
            set(i, values[i]);
        }
        return this;
    }

    /**
     * A copy with sentinels of its own.
     *
     * @return the copy
     */
    public GuardedArray copy() {
        GuardedArray copy = new GuardedArray(rows, columns, ld, offset, 0);
        copy.array = array.clone();
        return copy;
    }

    /**
     * The elements row by row, without sentinels.
     *
     * @return a new array
     */
    public float[] values() {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /**
     * Fails if a sentinel has changed.
     *
     * @param name names the array in the message
     * @throws AssertionError naming the first sentinel that was overwritten
     */
    public void checkSentinels(String name) {
        for (int i = 0; i < array.length; i++) {
            if (!isElement(i) && Float.floatToRawIntBits(array[i]) != SENTINEL) {
                throw new AssertionError("element " + i + " of " + name + "'s array lies outside the operand (offset "
                        + offset + ", " + rows + " x " + columns + ", ld " + ld + ") but was overwritten with "
                        + array[i]);
            }
        }
    }

    private boolean isElement(int index) {
        int relative = index - offset;
        return relative >= 0 && ld > 0 && relative / ld < rows && relative % ld < columns;
    }

    private int index(int i) {
        return offset + i / columns * ld + i % columns;
    }
}
