package lanewise.kernels.normalization;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/**
 * The body of {@link LayerNorm}. Rows are cut into at most 32 blocks by shape alone, fewer where they are very long or few; each has its own sums over
 * rows, which are added in their order.
 */
final class LayerNormJob implements Workers.Job {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private static final int BLOCKS = 32;
    // Elements of a block at least: its sums over rows are added up one by one in the end.
    private static final int BLOCK = 1 << 15;
    // 16 MiB for each of two sums over rows.
    private static final int SUMS = 1 << 22;
    // Below this, a second thread costs more than it brings.
    private static final int SMALL = 16_384;
    private Moments[] moments = new Moments[0];

    private Workers workers;
    private int rows;
    private int n;
    private int blockRows;
    private float epsilon;
    private float[] x;
    private int xo;
    private float[] gamma;
    private int go;
    private float[] beta;
    private int bo;
    private float[] y;
    private int yo;
    private float[] dy;
    private int dyo;
    private boolean accumulate;
    private float[] statistics;
    private int so;
    private float[] sums;

    void forward(Workers workers, int rows, int n, float epsilon, float[] x, int xo, float[] gamma, int go,
            float[] beta, int bo, float[] y, int yo, float[] statistics, int so) {
        operands(workers, rows, n, x, xo, gamma, go, statistics, so);
        this.epsilon = epsilon;
        this.beta = beta;
        this.bo = bo;
        this.y = y;
        this.yo = yo;
        try {
            run();
        } finally {
            release();
        }
    }

    void backward(Workers workers, int rows, int n, float[] x, int xo, float[] gamma, int go, float[] statistics,
            int so,
            float[] dy, int dyo, float[] dx, int dxo, boolean accumulateX, float[] dGamma, int dgo,
            boolean accumulateGamma, float[] dBeta, int dbo, boolean accumulateBeta) {
        operands(workers, rows, n, x, xo, gamma, go, statistics, so);
        this.dy = dy;
        this.dyo = dyo;
        y = dx;
        yo = dxo;
        accumulate = accumulateX;
        int blocks = Math.ceilDiv(rows, blockRows);
        sums = workers.sharedScratch(Math.toIntExact(2L * blocks * n));
        try {
            run();
            addUp(blocks, 0, dGamma, dgo, accumulateGamma);
            addUp(blocks, n, dBeta, dbo, accumulateBeta);
        } finally {
            release();
        }
    }

    private void operands(Workers workers, int rows, int n, float[] x, int xo, float[] gamma, int go,
            float[] statistics,
            int so) {
        this.workers = workers;
        this.rows = rows;
        this.n = n;
        this.statistics = statistics;
        this.so = so;
        this.x = x;
        this.xo = xo;
        this.gamma = gamma;
        this.go = go;
        blockRows = Math.max(Math.ceilDiv(BLOCK, n), Math.ceilDiv(rows, Math.clamp(SUMS / n, 1, BLOCKS)));
        moments = Moments.forTeam(workers, moments);
    }

    /** Lets go of the caller's arrays. Without dy a call is a forward pass: it must not stay after a failure. */
    private void release() {
        workers = null;
        x = null;
        gamma = null;
        beta = null;
        y = null;
        dy = null;
        statistics = null;
        sums = null;
    }

    private void run() {
        int blocks = Math.ceilDiv(rows, blockRows);
        if ((long) rows * n <= SMALL) {
            for (int block = 0; block < blocks; block++) {
                run(block, 0);
            }
        } else {
            workers.run(this, blocks);
        }
    }

    @Override
    public void run(int block, int worker) {
        float[] scratch = workers.scratch(worker, Moments.SCRATCH);
        Moments m = moments[worker];
        int from = block * blockRows;
        int to = Math.min(rows, from + blockRows);
        int dGamma = block * 2 * n;
        if (dy != null) {
            Arrays.fill(sums, dGamma, dGamma + 2 * n, 0);
        }
        for (int i = from; i < to; i++) {
            int row = i * n;
            if (dy == null) {
                measure(m, xo + row, scratch);
                m.keep(statistics, so + i * Moments.KEPT);
                normalize(n, m.shift, m.scale, m.offset, x, xo + row, gamma, go, beta, bo, y, yo + row);
            } else {
                m.recall(statistics, so + i * Moments.KEPT);
                m.addPairs(n, x, xo + row, dy, dyo + row, gamma, go, scratch);
                gradients(n, m.shift, m.scale, m.offset, (float) (m.sum / n), (float) (m.product / n), x, xo + row,
                        gamma, go, dy, dyo + row, y, yo + row, accumulate, sums, dGamma);
            }
        }
    }

    private void measure(Moments m, int at, float[] scratch) {
        m.start(n, x, at, scratch);
        m.add(n, x, at, scratch);
        if (!m.settle(n)) {
            m.add(n, x, at, scratch);
            m.settle(n);
        }
        m.finish(epsilon);
    }

    private static void normalize(int n, float shift, float scale, float offset, float[] x, int xo, float[] gamma,
            int go, float[] beta, int bo, float[] y, int yo) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector z = Moments.normalized(FloatVector.fromArray(FLOATS, x, xo + j), shift, scale, offset);
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
            FloatVector z = Moments.normalized(FloatVector.fromArray(FLOATS, x, xo + j), shift, scale, offset);
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

    private void addUp(int blocks, int from, float[] d, int o, boolean accumulate) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int block = 0; block < blocks; block++) {
                sum += sums[block * 2 * n + from + j];
            }
            d[o + j] = accumulate ? (float) sum + d[o + j] : (float) sum;
        }
    }
}
