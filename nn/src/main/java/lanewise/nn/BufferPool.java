package lanewise.nn;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Arrays that wait to be used again, sorted by length. Lengths are rounded up to four classes per power of two, so that
 * batches of slightly different sizes share arrays and at most a quarter is wasted. The last array given back is the
 * first taken: it is the likeliest to be in cache.
 *
 * @param <A> the type of the arrays
 */
final class BufferPool<A> {

    private static final int SMALLEST = 16;
    private static final int LARGEST = Integer.MAX_VALUE - 8;
    private static final int CLASSES = 4 * Integer.SIZE;

    private final IntFunction<A> maker;
    private final Object[][] free = new Object[CLASSES][];
    private final int[] counts = new int[CLASSES];

    /** A pool without arrays yet, and how one of a given length is made. */
    BufferPool(IntFunction<A> maker) {
        this.maker = maker;
    }

    /** An array of at least so many elements; their values are undefined. */
    @SuppressWarnings("unchecked") // only give() puts arrays there
    A take(int elements) {
        int index = classOf(elements);
        return counts[index] > 0 ? (A) free[index][--counts[index]] : maker.apply(lengthOf(index));
    }

    /** Takes back an array that {@link #take} made. */
    void give(A array) {
        int index = classOf(Array.getLength(array));
        int count = counts[index];
        Object[] stack = free[index];
        if (stack == null) {
            stack = free[index] = new Object[8];
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
