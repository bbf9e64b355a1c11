package lanewise.kernels.internal;

import lanewise.kernels.Workers;

/**
 * Checks of arguments, called in the first lines of a public kernel method, before anything is written. Messages name
 * the operation, the argument, its value and what is required. Extents are computed in {@code long}.
 */
public final class Checks {

    private Checks() {}

    /**
     * Requires a size that is not negative.
     *
     * @param operation the operation
     * @param name name of the argument
     * @param value its value
     * @throws IllegalArgumentException if the value is negative
     */
    public static void size(String operation, String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(operation + ": " + name + " = " + value + ", need " + name + " >= 0");
        }
    }

    /**
     * Requires a team.
     *
     * @param operation the operation
     * @param workers the team
     * @throws NullPointerException if there is none
     */
    public static void workers(String operation, Workers workers) {
        if (workers == null) {
            throw new NullPointerException(operation + ": workers is null");
        }
    }

    /**
     * Requires numbers of rows, elements or classes, which an array holds, to be in range.
     *
     * @param operation for the message
     * @param count how many
     * @param limit what each is less than
     * @param what the numbers count, for the message
     * @param index the numbers; the array is long enough
     * @param indexOffset index of the first
     */
    public static void numbers(String operation, int count, int limit, String what, int[] index, int indexOffset) {
        for (int i = 0; i < count; i++) {
            int number = index[indexOffset + i];
            if (number < 0 || number >= limit) {
                throw new IllegalArgumentException(operation + ": index[" + i + "] = " + number + ", need 0 <= index < "
                        + limit + ", " + what);
            }
        }
    }

    /**
     * Requires that an array holds {@code length} elements from {@code offset}.
     *
     * @param operation the operation
     * @param name name of the array argument
     * @param array the array; may be null when {@code length} is 0
     * @param offset index of the first element
     * @param length number of elements, not negative
     * @throws NullPointerException if the array is null and elements are needed
     * @throws IndexOutOfBoundsException if the offset is negative or the array too short
     */
    public static void vector(String operation, String name, float[] array, int offset, long length) {
        if (length > 0) {
            extent(operation, name, array == null ? -1 : array.length, offset, length);
        }
    }

    /**
     * Requires that an array of ints holds {@code length} elements from {@code offset}.
     *
     * @param operation the operation
     * @param name name of the array argument
     * @param array the array; may be null when {@code length} is 0
     * @param offset index of the first element
     * @param length number of elements, not negative
     * @throws NullPointerException if the array is null and elements are needed
     * @throws IndexOutOfBoundsException if the offset is negative or the array too short
     */
    public static void vector(String operation, String name, int[] array, int offset, long length) {
        if (length > 0) {
            extent(operation, name, array == null ? -1 : array.length, offset, length);
        }
    }

    /**
     * Requires that an array of shorts holds {@code length} elements from {@code offset}.
     *
     * @param operation the operation
     * @param name name of the array argument
     * @param array the array; may be null when {@code length} is 0
     * @param offset index of the first element
     * @param length number of elements, not negative
     * @throws NullPointerException if the array is null and elements are needed
     * @throws IndexOutOfBoundsException if the offset is negative or the array too short
     */
    public static void vector(String operation, String name, short[] array, int offset, long length) {
        if (length > 0) {
            extent(operation, name, array == null ? -1 : array.length, offset, length);
        }
    }

    /**
     * Requires that an array of bytes holds {@code length} elements from {@code offset}.
     *
     * @param operation the operation
     * @param name name of the array argument
     * @param array the array; may be null when {@code length} is 0
     * @param offset index of the first element
     * @param length number of elements, not negative
     * @throws NullPointerException if the array is null and elements are needed
     * @throws IndexOutOfBoundsException if the offset is negative or the array too short
     */
    public static void vector(String operation, String name, byte[] array, int offset, long length) {
        if (length > 0) {
            extent(operation, name, array == null ? -1 : array.length, offset, length);
        }
    }

    /**
     * Requires that an array holds a row-major matrix.
     *
     * @param operation the operation
     * @param name name of the array argument
     * @param array the array; may be null when the matrix is empty
     * @param offset index of the first element
     * @param rows number of rows, not negative
     * @param columns number of columns, not negative
     * @param ldName name of the argument that holds the leading dimension
     * @param ld elements between the starts of two rows
     * @throws IllegalArgumentException if the leading dimension is smaller than a row
     * @throws NullPointerException if the array is null and elements are needed
     * @throws IndexOutOfBoundsException if the offset is negative or the array too short
     */
    public static void matrix(String operation, String name, float[] array, int offset, int rows, int columns,
            String ldName, int ld) {
        if (ld < columns) {
            throw new IllegalArgumentException(operation + ": " + ldName + " = " + ld + ", need " + ldName + " >= "
                    + columns + " (" + name + " is " + rows + " x " + columns + ", row-major)");
        }
        if (rows > 0 && columns > 0) {
            extent(operation, name, array == null ? -1 : array.length, offset, (rows - 1L) * ld + columns);
        }
    }

    /**
     * Requires that an array holds row-major matrices at a constant distance.
     *
     * @param operation the operation
     * @param name name of the array argument
     * @param array the array; may be null when the matrices are empty
     * @param offset index of the first element of the first
     * @param rows number of rows, not negative
     * @param columns number of columns, not negative
     * @param ldName name of the argument that holds the leading dimension
     * @param ld elements between the starts of two rows
     * @param strideName name of the argument that holds the distance
     * @param stride elements between the starts of two matrices
     * @param count how many matrices, not negative
     * @throws IllegalArgumentException if the leading dimension is smaller than a row, or the stride negative
     * @throws NullPointerException if the array is null and elements are needed
     * @throws IndexOutOfBoundsException if the offset is negative or the array too short
     */
    public static void matrices(String operation, String name, float[] array, int offset, int rows, int columns,
            String ldName, int ld, String strideName, int stride, int count) {
        size(operation, strideName, stride);
        if (count > 0) {
            matrix(operation, name, array, offset, rows, columns, ldName, ld);
            if (rows > 0 && columns > 0) {
                extent(operation, name, array.length, offset, (count - 1L) * stride + (rows - 1L) * ld + columns);
            }
        }
    }

    private static void extent(String operation, String name, int length, int offset, long needed) {
        if (offset < 0 || offset + needed > length) {
            throw refused(operation, name, length, offset, needed);
        }
    }

    private static RuntimeException refused(String operation, String name, int length, int offset, long needed) {
        if (length < 0) {
            return new NullPointerException(operation + ": " + name + " is null, need an array of at least "
                    + (Math.max(0, offset) + needed) + " elements");
        }
        if (offset < 0) {
            return new IndexOutOfBoundsException(
                    operation + ": " + name + "Offset = " + offset + ", need " + name + "Offset >= 0");
        }
        return new IndexOutOfBoundsException(operation + ": " + name + ".length = " + length + ", need " + name
                + ".length >= " + (offset + needed) + " (" + name + "Offset " + offset + " + " + needed + " elements)");
    }
}
