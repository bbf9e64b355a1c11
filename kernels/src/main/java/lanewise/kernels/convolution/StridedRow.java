package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Rows seen through a window: element j of the window's row is element {@code shift + j * step} of a row of an image, and 0
 * where that lies outside.
 */
final class StridedRow {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;
    /** Of two vectors, the second of which begins at the last element of the first: elements 0, 2, 4, … */
    private static final VectorShuffle<Float> SECONDS = VectorShuffle.fromOp(S,
            i -> 2 * i < L ? 2 * i : 2 * i - L + 1 - L);

    private StridedRow() {}

    /** The first j at which a row has an element; {@code count} if there is none. */
    static int first(int count, int shift, int step) {
        return shift >= 0 ? 0 : Math.min(count, Math.ceilDiv(-shift, step));
    }

    /** One past the last j, of those from {@code first} on, at which a row of this length has an element. */
    static int end(int count, int shift, int step, int length, int first) {
        return Math.max(first, Math.min(count, Math.floorDiv(length - 1 - shift, step) + 1));
    }

    /** Copies what the window sees: elements {@code [first, end)}, zeros before and after. */
    static void gather(int count, int first, int end, int step, float[] row, int at, float[] seen, int so) {
        zero(first, seen, so);
        if (step == 1) {
            copy(end - first, row, at + first, seen, so + first);
        } else {
            int j = step == 2 ? everySecond(first, end, row, at, seen, so) : first;
            for (; j < end; j++) {
                seen[so + j] = row[at + j * step];
            }
        }
        zero(count - end, seen, so + end);
    }

    /**
     * Copies fewer elements than a vector has, and sets to zero all before them and after them that the window sees. May
     * write a vector from the first element on, so what lies behind must be written later.
     */
    static void gatherShort(int count, int first, int end, float[] row, int at, float[] seen, int so) {
        zero(first, seen, so);
        if (at + first > row.length - L) {
            // Of the last rows of an array a masked load is possible too, but so rare that C2 may not inline it: one object a call.
            for (int j = first; j < end; j++) {
                seen[so + j] = row[at + j];
            }
            zero(count - end, seen, so + end);
            return;
        }
        VectorMask<Float> some = VectorMask.fromLong(S, (1L << (end - first)) - 1);
        FloatVector.fromArray(S, row, at + first, some).intoArray(seen, so + first);
        zero(count - first - L, seen, so + first + L);
    }

    /** Whether {@link #gatherShort} can copy so many elements. */
    static boolean isShort(int elements) {
        return elements < L;
    }

    /**
     * Copies short rows so that they follow one another; after the last one, up to a vector's length is overwritten.
     *
     * @param n elements of a row, fewer than a vector has
     */
    static void pack(int rows, int n, float[] from, int fo, int distance, float[] to, int o) {
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(S, from, fo + r * distance).intoArray(to, o + r * n);
        }
    }

    /** Copies whole vectors of every second element. Says where it stopped. */
    private static int everySecond(int first, int end, float[] row, int at, float[] seen, int so) {
        int j = first;
        for (; j <= end - L; j += L) {
            // The second of the two vectors ends at an element that is copied, so as not to read after the last one.
            FloatVector low = FloatVector.fromArray(S, row, at + 2 * j);
            FloatVector high = FloatVector.fromArray(S, row, at + 2 * j + L - 1);
            low.rearrange(SECONDS, high).intoArray(seen, so + j);
        }
        return j;
    }

    /** Adds to the row what the window has in {@code [first, end)}. */
    static void add(int first, int end, int step, float[] seen, int so, float[] row, int at) {
        if (step == 1) {
            // A loop of its own, which the JIT turns into vectors.
            for (int j = first; j < end; j++) {
                row[at + j] += seen[so + j];
            }
        } else {
            for (int j = first, to = at + first * step; j < end; j++, to += step) {
                row[to] += seen[so + j];
            }
        }
    }

    /** Copies some elements, plus a number. */
    static void copyPlus(float number, int n, float[] from, int fo, float[] to, int o) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                to[o + i] = from[fo + i] + number;
            }
            return;
        }
        for (int i = 0; i < n - L; i += L) {
            FloatVector.fromArray(S, from, fo + i).add(number).intoArray(to, o + i);
        }
        FloatVector.fromArray(S, from, fo + n - L).add(number).intoArray(to, o + n - L);
    }

    /** Copies to the row what the window has in {@code [first, end)}. */
    static void scatter(int first, int end, int step, float[] seen, int so, float[] row, int at) {
        if (step == 1) {
            copy(end - first, seen, so + first, row, at + first);
        } else if (step == 2) {
            // With a constant step the compiler leaves most checks of bounds out.
            for (int j = first; j < end; j++) {
                row[at + 2 * j] = seen[so + j];
            }
        } else {
            for (int j = first, to = at + first * step; j < end; j++, to += step) {
                row[to] = seen[so + j];
            }
        }
    }

    /** Copies some elements: rows are short, and {@code System.arraycopy} costs more than they do. */
    private static void copy(int n, float[] from, int fo, float[] to, int o) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                to[o + i] = from[fo + i];
            }
            return;
        }
        for (int i = 0; i < n - L; i += L) {
            FloatVector.fromArray(S, from, fo + i).intoArray(to, o + i);
        }
        FloatVector.fromArray(S, from, fo + n - L).intoArray(to, o + n - L);
    }

    private static void zero(int n, float[] to, int o) {
        for (int i = 0; i < n; i++) {
            to[o + i] = 0;
        }
    }
}
