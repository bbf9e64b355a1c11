package lanewise.kernels.pooling;

import static lanewise.kernels.pooling.Taps.endTap;
import static lanewise.kernels.pooling.Taps.firstTap;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/** The greatest element of each window. */
final class MaxRows extends RowPooling {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final VectorMask<Float> ODD = Stride2.ODD;
    private static final VectorShuffle<Float> IN_ORDER = Stride2.inOrder(FLOATS);

    @Override
    void poolRow(int xIndex, int row, float[] ring, int to, int worker) {
        edge(xIndex, ring, to, 0, interior);
        interior(xIndex + interior * width.stride() - width.padBegin(), ring, to + interior, interiorEnd - interior);
        edge(xIndex, ring, to, interiorEnd, outW);
    }

    @Override
    void combineRows(float[] ring, int[] rows, int count, int yIndex, int worker) {
        switch (count) {
            case 0 -> Arrays.fill(y, yIndex, yIndex + outW, Float.NEGATIVE_INFINITY);
            case 1 -> System.arraycopy(ring, rows[0], y, yIndex, outW);
            default -> {
                combine(ring, rows[0], ring, rows[1], rows[Math.min(2, count - 1)], count > 2, y, yIndex, outW);
                for (int i = 3; i < count; i += 2) {
                    combine(y, yIndex, ring, rows[i], rows[Math.min(i + 1, count - 1)], i + 1 < count, y, yIndex, outW);
                }
            }
        }
    }

    /** Outputs whose windows may reach into padding. */
    private void edge(int xIndex, float[] ring, int to, int from, int end) {
        for (int o = from; o < end; o++) {
            int start = xIndex + o * width.stride() - width.padBegin();
            int endTap = endTap(width, o);
            float max = Float.NEGATIVE_INFINITY;
            for (int k = firstTap(width, o); k < endTap; k++) {
                max = Math.max(max, x[start + k * width.dilation()]);
            }
            ring[to + o] = max;
        }
    }

    /** Outputs whose windows lie within x, from its element {@code at}. */
    private void interior(int at, float[] ring, int to, int n) {
        int kernel = width.kernel();
        int stride = width.stride();
        int step = width.dilation();
        int done;
        if (n == 0) {
            return;
        }
        if (stride == 1 && kernel > 1) {
            done = Math.min(kernel, 3);
            combine(x, at, x, at + step, at + (done - 1) * step, done == 3, ring, to, n);
        } else if (stride == 2 && step == 1 && kernel > 1) {
            done = Math.min(kernel, 3);
            halve(x, at, done == 3, ring, to, n);
        } else {
            done = 1;
            for (int i = 0; i < n; i++) {
                ring[to + i] = x[at + i * stride];
            }
        }
        for (int k = done; k < kernel; k++) {
            for (int i = 0; i < n; i++) {
                ring[to + i] = Math.max(ring[to + i], x[at + i * stride + k * step]);
            }
        }
    }

    /** y ← max(a, b), or max(a, b, c) where c lies in the same array as b. */
    private static void combine(float[] a, int aOffset, float[] b, int bOffset, int cOffset, boolean three, float[] y,
            int yOffset, int n) {
        int last = n - LANES;
        if (last < 0) {
            for (int i = 0; i < n; i++) {
                float max = Math.max(a[aOffset + i], b[bOffset + i]);
                y[yOffset + i] = three ? Math.max(max, b[cOffset + i]) : max;
            }
            return;
        }
        for (int i = 0;; i = Math.min(i + LANES, last)) {
            FloatVector max = FloatVector.fromArray(FLOATS, a, aOffset + i)
                    .max(FloatVector.fromArray(FLOATS, b, bOffset + i));
            if (three) {
                max = max.max(FloatVector.fromArray(FLOATS, b, cOffset + i));
            }
            max.intoArray(y, yOffset + i);
            if (i >= last) {
                return;
            }
        }
    }

    /** y[i] ← max(x[2i], x[2i + 1]), and x[2i + 2] if there are three. */
    private static void halve(float[] x, int xOffset, boolean three, float[] y, int yOffset, int n) {
        int last = n - LANES;
        if (last < 0) {
            for (int i = 0; i < n; i++) {
                int at = xOffset + 2 * i;
                float max = Math.max(x[at], x[at + 1]);
                y[yOffset + i] = three ? Math.max(max, x[at + 2]) : max;
            }
            return;
        }
        for (int i = 0;; i = Math.min(i + LANES, last)) {
            int at = xOffset + 2 * i;
            FloatVector low = FloatVector.fromArray(FLOATS, x, at);
            FloatVector high = FloatVector.fromArray(FLOATS, x, at + LANES);
            FloatVector max = low.blend(high.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                    .reinterpretAsFloats(), ODD).max(
                            low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                                    .blend(high, ODD));
            if (three) {
                low = FloatVector.fromArray(FLOATS, x, at + 1);
                high = FloatVector.fromArray(FLOATS, x, at + 1 + LANES);
                max = max.max(low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                        .blend(high, ODD));
            }
            max.rearrange(IN_ORDER).intoArray(y, yOffset + i);
            if (i >= last) {
                return;
            }
        }
    }
}
