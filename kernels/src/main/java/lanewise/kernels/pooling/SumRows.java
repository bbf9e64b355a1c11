package lanewise.kernels.pooling;

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
    // What the sums of a plane of y are divided by to get means.
    private float[] divisors;

    void means(Workers workers, PoolingGeometry geometry, boolean includePad, float[] x, int xOffset, float[] y,
            int yOffset) {
        squares = false;
        divisors = geometry.tables().means(includePad).divisors;
        run(workers, geometry, x, xOffset, y, yOffset);
    }

    void norms(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y, int yOffset) {
        squares = true;
        run(workers, geometry, x, xOffset, y, yOffset);
    }

    @Override
    float identity() {
        return 0;
    }

    @Override
    void combineRows(int[] rows, int count, float[] strip, int to) {
        int n = width.input;
        if (count == 0) {
            Arrays.fill(strip, to, to + n, 0f);
        } else if (squares) {
            square(x, rows[0], strip, to, n);
            for (int i = 1; i < count; i++) {
                addSquare(x, rows[i], strip, to, n);
            }
        } else if (count == 1) {
            System.arraycopy(x, rows[0], strip, to, n);
        } else {
            RowSums.add(x, rows[0], 0, x, rows[1], rows[Math.min(2, count - 1)], 0, count > 2, strip, to, 0, n, 1);
            for (int i = 3; i < count; i += 2) {
                RowSums.add(strip, to, 0, x, rows[i], rows[Math.min(i + 1, count - 1)], 0, i + 1 < count, strip, to, 0,
                        n,
                        1);
            }
        }
    }

    @Override
    void combineRows(int xIndex, int step, int next, float[] strip, int to, int rows) {
        boolean three = height.kernel == 3;
        int last = xIndex + (height.kernel - 1) * step;
        if (squares) {
            addSquares(x, xIndex, xIndex + step, last, next, three, strip, to, pitch, width.input, rows);
        } else {
            RowSums.add(x, xIndex, next, x, xIndex + step, last, next, three, strip, to, pitch, width.input, rows);
        }
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
            RowSums.add(strip, 0, pitch, strip, step, (taps - 1) * step, pitch, taps == 3, y, yIndex, outW, outW, rows);
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
                    y[to + o] += strip[at + o * stride];
                }
            }
        }
    }

    @Override
    void finishRows(int rows, int yIndex, int od, int oh) {
        if (squares) {
            root(y, yIndex, rows * outW);
        } else {
            divide(y, yIndex, divisors, (od * height.output + oh) * outW, rows * outW);
        }
    }

    /** In each row y[i] ← x[2i] + x[2i + 1], and x[2i + 2] if there are three. */
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
                    float sum = x[at] + x[at + 1];
                    y[yRow + i] = three ? sum + x[at + 2] : sum;
                }
            }
        }
    }

    private static void halve(float[] x, int at, boolean three, float[] y, int yIndex) {
        FloatVector low = FloatVector.fromArray(FLOATS, x, at);
        FloatVector high = FloatVector.fromArray(FLOATS, x, at + LANES);
        FloatVector sum = low
                .blend(high.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), ODD)
                .add(low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(high,
                        ODD));
        if (three) {
            low = FloatVector.fromArray(FLOATS, x, at + 1);
            high = FloatVector.fromArray(FLOATS, x, at + 1 + LANES);
            sum = sum.add(
                    low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(high, ODD));
        }
        sum.rearrange(IN_ORDER).intoArray(y, yIndex);
    }

    /** In each row y ← a² + b², and c² if there are three, which are rows of x. */
    private static void addSquares(float[] x, int aOffset, int bOffset, int cOffset, int xNext, boolean three,
            float[] y, int yOffset, int yNext, int n, int rows) {
        int main = FLOATS.loopBound(n);
        for (int row = 0; row < rows; row++) {
            int at = row * xNext;
            int yRow = yOffset + row * yNext;
            for (int i = 0; i < main; i += LANES) {
                FloatVector a = FloatVector.fromArray(FLOATS, x, aOffset + at + i);
                FloatVector b = FloatVector.fromArray(FLOATS, x, bOffset + at + i);
                FloatVector sum = a.mul(a).add(b.mul(b));
                if (three) {
                    FloatVector c = FloatVector.fromArray(FLOATS, x, cOffset + at + i);
                    sum = sum.add(c.mul(c));
                }
                sum.intoArray(y, yRow + i);
            }
            for (int i = main; i < n; i++) {
                float a = x[aOffset + at + i];
                float b = x[bOffset + at + i];
                float c = x[cOffset + at + i];
                y[yRow + i] = three ? a * a + b * b + c * c : a * a + b * b;
            }
        }
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

    private static void addSquare(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector.fromArray(FLOATS, y, yOffset + i).add(v.mul(v)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] += x[xOffset + i] * x[xOffset + i];
        }
    }

    private static void divide(float[] y, int yOffset, float[] divisors, int offset, int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, y, yOffset + i).div(FloatVector.fromArray(FLOATS, divisors, offset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] /= divisors[offset + i];
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
