package lanewise.kernels.normalization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;

/** The body of {@link RmsNorm}. */
final class RmsNormJob extends RowNormJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    RmsNormJob() {
        super(1);
    }

    void forward(Workers workers, int rows, int columns, float added, float[] arguments, int first, float[] factors,
            int firstFactor, float[] results, int firstResult, float[] kept, int firstKept) {
        operands(workers, rows, columns, arguments, first, factors, firstFactor, kept, firstKept);
        epsilon = added;
        try {
            forward(results, firstResult);
        } finally {
            release();
        }
    }

    void backward(Workers workers, int rows, int columns, float[] arguments, int first, float[] factors,
            int firstFactor, float[] kept, int firstKept, float[] gradient, int firstGradient, float[] dx, int dxo,
            boolean accumulateX, float[] dGamma, int dgo, boolean accumulateGamma) {
        operands(workers, rows, columns, arguments, first, factors, firstFactor, kept, firstKept);
        try {
            backward(gradient, firstGradient, dx, dxo, accumulateX);
            addUp(0, dGamma, dgo, accumulateGamma);
        } finally {
            release();
        }
    }

    @Override
    void forward(int row, Moments m, float[] scratch) {
        int at = xo + row * n;
        float inverse = (float) (1 / Math.sqrt(SumJob.squares(n, x, at, scratch) / n + epsilon));
        statistics[so + row] = inverse;
        normalize(n, inverse, x, at, gamma, go, y, yo + row * n);
    }

    @Override
    void backward(int row, Moments m, float[] scratch, int at) {
        int first = row * n;
        m.useInverse(statistics[so + row]);
        m.addPairs(n, x, xo + first, dy, dyo + first, gamma, go, scratch);
        gradients(n, m.scale, (float) (m.product / n), x, xo + first, gamma, go, dy, dyo + first, y, yo + first,
                accumulate, sums, at);
    }

    private static void normalize(int n, float inverse, float[] x, int xo, float[] gamma, int go, float[] y, int yo) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, x, xo + j).mul(inverse).mul(FloatVector.fromArray(FLOATS, gamma, go + j))
                    .intoArray(y, yo + j);
        }
        for (int j = main; j < n; j++) {
            y[yo + j] = x[xo + j] * inverse * gamma[go + j];
        }
    }

    /** dx of a row; what the row adds to dGamma goes to {@code sums}. */
    private static void gradients(int n, float inverse, float meanGz, float[] x, int xo, float[] gamma, int go,
            float[] dy, int dyo, float[] dx, int dxo, boolean accumulate, float[] sums, int so) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector z = FloatVector.fromArray(FLOATS, x, xo + j).mul(inverse);
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyo + j);
            FloatVector before = FloatVector.fromArray(FLOATS, sums, so + j);
            (FMA ? d.fma(z, before) : d.mul(z).add(before)).intoArray(sums, so + j);
            FloatVector v = d.mul(FloatVector.fromArray(FLOATS, gamma, go + j)).sub(z.mul(meanGz)).mul(inverse);
            if (accumulate) {
                v = v.add(FloatVector.fromArray(FLOATS, dx, dxo + j));
            }
            v.intoArray(dx, dxo + j);
        }
        for (int j = main; j < n; j++) {
            float z = x[xo + j] * inverse;
            float d = dy[dyo + j];
            sums[so + j] = Lanes.fma(d, z, sums[so + j]);
            float v = (d * gamma[go + j] - z * meanGz) * inverse;
            dx[dxo + j] = accumulate ? v + dx[dxo + j] : v;
        }
    }
}
