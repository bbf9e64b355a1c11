package lanewise.kernels.pooling;

import static lanewise.kernels.pooling.Taps.endTap;
import static lanewise.kernels.pooling.Taps.firstTap;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/** The mean of each window, or the root of the sum of its squares. */
final class SumRows extends RowPooling {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final VectorMask<Float> ODD = Stride2.ODD;
    private static final VectorShuffle<Float> IN_ORDER = Stride2.inOrder(FLOATS);

    private boolean squares;
    private boolean countIncludePad;

    void means(Workers workers, PoolingGeometry poolingGeometry, boolean includePad, float[] x, int xOffset, float[] y,
            int yOffset) {
        squares = false;
        countIncludePad = includePad;
        run(workers, poolingGeometry, x, xOffset, y, yOffset);
    }

    void norms(Workers workers, PoolingGeometry poolingGeometry, float[] x, int xOffset, float[] y, int yOffset) {
        squares = true;
        run(workers, poolingGeometry, x, xOffset, y, yOffset);
    }

    @Override
    void prepare(int worker) {
        Taps.counts(width, countIncludePad, scratch(worker), ringLength());
    }

    /** The rings, the counts of a row, and the squares of a row of x. */
    private float[] scratch(int worker) {
        return scratch(worker, ringLength() + outW + width.input());
    }

    @Override
    void poolRow(int xIndex, int row, float[] ring, int to, int worker) {
        float[] from = x;
        int at = xIndex;
        if (squares) {
            from = scratch(worker);
            at = ringLength() + outW;
            square(x, xIndex, from, at, width.input());
        }
        edge(from, at, ring, to, 0, interior);
        interior(from, at + interior * width.stride() - width.padBegin(), ring, to + interior, interiorEnd - interior);
        edge(from, at, ring, to, interiorEnd, outW);
    }

    @Override
    void combineRows(float[] ring, int[] rows, int count, int yIndex, int worker) {
        switch (count) {
            case 0 -> Arrays.fill(y, yIndex, yIndex + outW, 0f);
            case 1 -> System.arraycopy(ring, rows[0], y, yIndex, outW);
            default -> {
                RowSums.add(ring, rows[0], ring, rows[1], rows[Math.min(2, count - 1)], count > 2, y, yIndex, outW);
                for (int i = 3; i < count; i += 2) {
                    RowSums.add(y, yIndex, ring, rows[i], rows[Math.min(i + 1, count - 1)], i + 1 < count, y, yIndex,
                            outW);
                }
            }
        }
    }

    @Override
    void finishRow(int yIndex, int od, int oh, int worker) {
        if (squares) {
            root(y, yIndex, outW);
            return;
        }
        int across = Taps.count(geometry.depth(), od, countIncludePad) * Taps.count(geometry.height(), oh,
                countIncludePad);
        divide(y, yIndex, across, scratch(worker), ringLength(), outW);
    }

    /** Outputs whose windows may reach into padding. */
    private void edge(float[] from, int at, float[] ring, int to, int first, int end) {
        for (int o = first; o < end; o++) {
            int start = at + o * width.stride() - width.padBegin();
            int endTap = endTap(width, o);
            float sum = 0;
            for (int k = firstTap(width, o); k < endTap; k++) {
                sum += from[start + k * width.dilation()];
            }
            ring[to + o] = sum;
        }
    }

    /** Outputs whose windows lie within x, from its element {@code at}. */
    private void interior(float[] from, int at, float[] ring, int to, int n) {
        int kernel = width.kernel();
        int stride = width.stride();
        int step = width.dilation();
        int done;
        if (n == 0) {
            return;
        }
        if (stride == 1 && kernel > 1) {
            done = Math.min(kernel, 3);
            RowSums.add(from, at, from, at + step, at + (done - 1) * step, done == 3, ring, to, n);
        } else if (stride == 2 && step == 1 && kernel > 1) {
            done = Math.min(kernel, 3);
            halve(from, at, done == 3, ring, to, n);
        } else {
            done = 1;
            for (int i = 0; i < n; i++) {
                ring[to + i] = from[at + i * stride];
            }
        }
        for (int k = done; k < kernel; k++) {
            for (int i = 0; i < n; i++) {
                ring[to + i] += from[at + i * stride + k * step];
            }
        }
    }

    /** y[i] ← x[2i] + x[2i + 1], and x[2i + 2] if there are three. */
    private static void halve(float[] x, int xOffset, boolean three, float[] y, int yOffset, int n) {
        int last = n - LANES;
        if (last < 0) {
            for (int i = 0; i < n; i++) {
                y[yOffset + i] = sum(x, xOffset + 2 * i, 1, three ? 3 : 2);
            }
            return;
        }
        for (int i = 0;; i = Math.min(i + LANES, last)) {
            int at = xOffset + 2 * i;
            FloatVector low = FloatVector.fromArray(FLOATS, x, at);
            FloatVector high = FloatVector.fromArray(FLOATS, x, at + LANES);
            FloatVector a = low.blend(
                    high.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), ODD);
            FloatVector b = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                    .blend(high, ODD);
            FloatVector sum = a.add(b);
            if (three) {
                low = FloatVector.fromArray(FLOATS, x, at + 1);
                high = FloatVector.fromArray(FLOATS, x, at + 1 + LANES);
                FloatVector c = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats()
                        .blend(high, ODD);
                sum = sum.add(c);
            }
            sum.rearrange(IN_ORDER).intoArray(y, yOffset + i);
            if (i >= last) {
                return;
            }
        }
    }

    private static float sum(float[] x, int from, int step, int count) {
        float sum = x[from];
        for (int k = 1; k < count; k++) {
            sum += x[from + k * step];
        }
        return sum;
    }

    private static void square(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.mul(v).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = x[xOffset + i] * x[xOffset + i];
        }
    }

    /** y[i] ← y[i] / (across · counts[i]). */
    private static void divide(float[] y, int yOffset, float across, float[] counts, int countsOffset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, y, yOffset + i)
                    .div(FloatVector.fromArray(FLOATS, counts, countsOffset + i).mul(across))
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] /= across * counts[countsOffset + i];
        }
    }

    private static void root(float[] y, int yOffset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, y, yOffset + i).sqrt().intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = (float) Math.sqrt(y[yOffset + i]);
        }
    }
}
