package lanewise.kernels.pooling;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * The greatest element of each window. {@code FloatVector.max} lets NaN win and puts +0 above −0, so the order does not
 * matter.
 */
final class MaxRows extends RowPooling {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final VectorMask<Float> ODD = Stride2.ODD;
    private static final VectorShuffle<Float> IN_ORDER = Stride2.inOrder(FLOATS);

    @Override
    float identity() {
        return Float.NEGATIVE_INFINITY;
    }

    @Override
    void combineRows(int[] rows, int count, float[] strip, int to) {
        int n = width.input;
        switch (count) {
            case 0 -> Arrays.fill(strip, to, to + n, Float.NEGATIVE_INFINITY);
            case 1 -> System.arraycopy(x, rows[0], strip, to, n);
            default -> {
                combine(x, rows[0], 0, x, rows[1], rows[Math.min(2, count - 1)], 0, count > 2, strip, to, 0, n, 1);
                for (int i = 3; i < count; i += 2) {
                    combine(strip, to, 0, x, rows[i], rows[Math.min(i + 1, count - 1)], 0, i + 1 < count, strip, to, 0,
                            n,
                            1);
                }
            }
        }
    }

    @Override
    void combineRows(int xIndex, int step, int next, float[] strip, int to, int rows) {
        combine(x, xIndex, next, x, xIndex + step, xIndex + (height.kernel - 1) * step, next, height.kernel == 3, strip,
                to, pitch, width.input, rows);
    }

    @Override
    void poolRows(float[] strip, int rows, int yIndex) {
        int kernel = width.kernel;
        int stride = width.stride;
        int step = width.dilation;
        int taps = Math.min(kernel, 3);
        if (kernel > 1 && stride == 2 && step == 1) {
            halve(strip, pitch, taps == 3, y, yIndex, outW, rows);
        } else if (kernel > 1 && stride == 1) {
            combine(strip, 0, pitch, strip, step, (taps - 1) * step, pitch, taps == 3, y, yIndex, outW, outW, rows);
        } else {
            taps = 1;
            for (int row = 0; row < rows; row++) {
                for (int o = 0; o < outW; o++) {
                    y[yIndex + row * outW + o] = strip[row * pitch + o * stride];
                }
            }
        }
        for (int k = taps; k < kernel; k++) {
            for (int row = 0; row < rows; row++) {
                int at = row * pitch + k * step;
                int to = yIndex + row * outW;
                for (int o = 0; o < outW; o++) {
                    y[to + o] = Math.max(y[to + o], strip[at + o * stride]);
                }
            }
        }
    }

    /**
     * y ← max(a, b), or max(a, b, c) where c lies in the same array as b: for some rows, whose distance is {@code aNext},
     * {@code bNext} and {@code yNext}.
     */
    private static void combine(float[] a, int aOffset, int aNext, float[] b, int bOffset, int cOffset, int bNext,
            boolean three, float[] y, int yOffset, int yNext, int n, int rows) {
        int main = FLOATS.loopBound(n);
        for (int row = 0; row < rows; row++) {
            int aRow = aOffset + row * aNext;
            int bRow = bOffset + row * bNext;
            int cRow = cOffset + row * bNext;
            int yRow = yOffset + row * yNext;
            for (int i = 0; i < main; i += LANES) {
                vector(a, aRow + i, b, bRow + i, cRow + i, three, y, yRow + i);
            }
            if (main < n && main > 0) {
                int i = n - LANES;
                vector(a, aRow + i, b, bRow + i, cRow + i, three, y, yRow + i);
            } else {
                for (int i = main; i < n; i++) {
                    float max = Math.max(a[aRow + i], b[bRow + i]);
                    y[yRow + i] = three ? Math.max(max, b[cRow + i]) : max;
                }
            }
        }
    }

    private static void vector(float[] a, int aIndex, float[] b, int bIndex, int cIndex, boolean three, float[] y,
            int yIndex) {
        FloatVector max = FloatVector.fromArray(FLOATS, a, aIndex).max(FloatVector.fromArray(FLOATS, b, bIndex));
        if (three) {
            max = max.max(FloatVector.fromArray(FLOATS, b, cIndex));
        }
        max.intoArray(y, yIndex);
    }

    /** In each row y[i] ← max(x[2i], x[2i + 1]), and x[2i + 2] if there are three. */
    private static void halve(float[] x, int xNext, boolean three, float[] y, int yOffset, int n, int rows) {
        int main = FLOATS.loopBound(n);
        for (int row = 0; row < rows; row++) {
            int xRow = row * xNext;
            int yRow = yOffset + row * n;
            for (int i = 0; i < main; i += LANES) {
                halve(x, xRow + 2 * i, three, y, yRow + i);
            }
            if (main < n && main > 0) {
                halve(x, xRow + 2 * (n - LANES), three, y, yRow + n - LANES);
            } else {
                for (int i = main; i < n; i++) {
                    int at = xRow + 2 * i;
                    float max = Math.max(x[at], x[at + 1]);
                    y[yRow + i] = three ? Math.max(max, x[at + 2]) : max;
                }
            }
        }
    }

    private static void halve(float[] x, int at, boolean three, float[] y, int yIndex) {
        FloatVector low = FloatVector.fromArray(FLOATS, x, at);
        FloatVector high = FloatVector.fromArray(FLOATS, x, at + LANES);
        FloatVector max = low
                .blend(high.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), ODD)
                .max(low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(high,
                        ODD));
        if (three) {
            low = FloatVector.fromArray(FLOATS, x, at + 1);
            high = FloatVector.fromArray(FLOATS, x, at + 1 + LANES);
            max = max.max(
                    low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(high, ODD));
        }
        max.rearrange(IN_ORDER).intoArray(y, yIndex);
    }
}
