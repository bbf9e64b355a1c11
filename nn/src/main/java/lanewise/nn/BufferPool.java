package lanewise.nn;

import java.util.Arrays;

/**
 * Arrays that wait to be used again, sorted by length. Lengths are rounded up to four classes per power of two, so that
 * batches of slightly different sizes share arrays and at most a quarter is wasted. The last array given back is the
 * first taken: it is the likeliest to be in cache.
 */
final class BufferPool {

    private static final int SMALLEST = 16;
    private static final int LARGEST = Integer.MAX_VALUE - 8;
    private static final int CLASSES = 4 * Integer.SIZE;

    private final float[][][] free = new float[CLASSES][][];
    private final int[] counts = new int[CLASSES];

    /** An array of at least so many elements; their values are undefined. */
    float[] take(int elements) {
        int index = classOf(elements);
        return counts[index] > 0 ? free[index][--counts[index]] : new float[lengthOf(index)];
    }

    /** Takes back an array that {@link #take} made. */
    void give(float[] array) {
        int index = classOf(array.length);
        int count = counts[index];
        float[][] stack = free[index];
        if (stack == null) {
            stack = free[index] = new float[8][];
        } else if (count == stack.length) {
            stack = free[index] = Arrays.copyOf(stack, 2 * count);
        }
        stack[count] = array;
        counts[index] = count + 1;
    }

    void clear() {
        Arrays.fill(free, null);
        Arrays.fill(counts, 0);
    }

    // The class is a small floating-point number: the position of the highest bit of (elements - 1), then its next two
    // bits. Rounding up to the next such number gives the length.
    private static int classOf(int elements) {
        int top = Math.max(elements, SMALLEST) - 1;
        int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(top);
        return (exponent << 2) | ((top >>> (exponent - 2)) & 3);
    }

    private static int lengthOf(int index) {
        long length = (5L + (index & 3)) << ((index >>> 2) - 2);
        return (int) Math.min(length, LARGEST);
    }
}
