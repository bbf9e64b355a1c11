package lanewise.kernels.normalization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/** The body of {@link LayerNorm}. */
final class LayerNormJob extends RowNormJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private float[] beta;
    private int bo;

    LayerNormJob() {
        super(2);
    }

    void forward(Workers workers, int rows, int columns, float added, float[] arguments, int first, float[] factors,
            int firstFactor, float[] addends, int firstAddend, float[] results, int firstResult, float[] kept,
            int firstKept) {
        operands(workers, rows, columns, arguments, first, factors, firstFactor, kept, firstKept);
        epsilon = added;
        beta = addends;
        bo = firstAddend;
        try {
            forward(results, firstResult);
        } finally {
            beta = null;
            release();
        }
    }

    void backward(Workers workers, int rows, int columns, float[] arguments, int first, float[] factors,
            int firstFactor, float[] kept, int firstKept, float[] gradient, int firstGradient, float[] dx, int dxo,
            boolean accumulateX, float[] dGamma, int dgo, boolean accumulateGamma, float[] dBeta, int dbo,
            boolean accumulateBeta) {
        operands(workers, rows, columns, arguments, first, factors, firstFactor, kept, firstKept);
        try {
            backward(gradient, firstGradient, dx, dxo, accumulateX);
            addUp(0, dGamma, dgo, accumulateGamma);
            addUp(1, dBeta, dbo, accumulateBeta);
        } finally {
            release();
        }
    }

    @Override
    void forward(int row, Moments m, float[] scratch) {
        int at = xo + row * n;
        m.start(n, x, at);
        do {
            m.add(n, x, at, scratch);
        } while (!m.settle(n));
        m.finish(epsilon);
        m.keep(statistics, so + row * Moments.KEPT);
        normalize(n, m.shift, m.scale, m.offset, x, at, gamma, go, beta, bo, y, yo + row * n);
    }

    @Override
    void backward(int row, Moments m, float[] scratch, int at) {
        int first = row * n;
        m.recall(statistics, so + row * Moments.KEPT);
        m.addPairs(n, x, xo + first, dy, dyo + first, gamma, go, scratch);
        gradients(n, m.shift, m.scale, m.offset, (float) (m.sum / n), (float) (m.product / n), x, xo + first, gamma, go,
                dy, dyo + first, y, yo + first, accumulate, sums, at);
    }

    private static void normalize(int n, float shift, float scale, float offset, float[] x, int xo, float[] gamma,
            int go, float[] beta, int bo, float[] y, int yo) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector distance = FloatVector.fromArray(FLOATS, x, xo + j).sub(shift);
            FloatVector z = FMA
                    ? FloatVector.broadcast(FLOATS, scale).fma(distance, FloatVector.broadcast(FLOATS, offset))
                    : FloatVector.broadcast(FLOATS, scale).mul(distance).add(FloatVector.broadcast(FLOATS, offset));
            FloatVector factor = FloatVector.fromArray(FLOATS, gamma, go + j);
            FloatVector added = FloatVector.fromArray(FLOATS, beta, bo + j);
            (FMA ? z.fma(factor, added) : z.mul(factor).add(added)).intoArray(y, yo + j);
        }
        for (int j = main; j < n; j++) {
            float z = Lanes.fma(scale, x[xo + j] - shift, offset);
            y[yo + j] = Lanes.fma(z, gamma[go + j], beta[bo + j]);
        }
    }

    /** dx of a row; what the row adds to dGamma and dBeta goes to {@code sums}. */
    private static void gradients(int n, float shift, float scale, float offset, float meanG, float meanGz, float[] x,
            int xo, float[] gamma, int go, float[] dy, int dyo, float[] dx, int dxo, boolean accumulate, float[] sums,
            int so) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector distance = FloatVector.fromArray(FLOATS, x, xo + j).sub(shift);
            FloatVector z = FMA
                    ? FloatVector.broadcast(FLOATS, scale).fma(distance, FloatVector.broadcast(FLOATS, offset))
                    : FloatVector.broadcast(FLOATS, scale).mul(distance).add(FloatVector.broadcast(FLOATS, offset));
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyo + j);
            FloatVector before = FloatVector.fromArray(FLOATS, sums, so + j);
            (FMA ? d.fma(z, before) : d.mul(z).add(before)).intoArray(sums, so + j);
            d.add(FloatVector.fromArray(FLOATS, sums, so + n + j)).intoArray(sums, so + n + j);
            FloatVector g = d.mul(FloatVector.fromArray(FLOATS, gamma, go + j));
            FloatVector v = g.sub(meanG).sub(z.mul(meanGz)).mul(scale);
            if (accumulate) {
                v = v.add(FloatVector.fromArray(FLOATS, dx, dxo + j));
            }
            v.intoArray(dx, dxo + j);
        }
        for (int j = main; j < n; j++) {
            float z = Lanes.fma(scale, x[xo + j] - shift, offset);
            float d = dy[dyo + j];
            sums[so + j] = Lanes.fma(d, z, sums[so + j]);
            sums[so + n + j] += d;
            float v = (d * gamma[go + j] - meanG - z * meanGz) * scale;
            dx[dxo + j] = accumulate ? v + dx[dxo + j] : v;
        }
    }
}
