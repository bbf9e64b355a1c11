package lanewise.kernels.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.GemmWarmUp;

/**
 * Products of a matrix and a vector, as fast as the matrix can be read: y += x·B by rows of B, eight at a time, each element
 * of y a chain over the rows; and y += B·x by rows of B, each a dot product of {@link Lanes#SUM_LANES} running sums.
 */
final class MatrixVector {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private static final int STRIP = 512;
    private static final int DOTS_PER_TASK = 64;
    private static final long SMALL = 1 << 16;

    private final Workers.Job strip = this::strip;
    private final Workers.Job dots = this::dots;

    private Workers workers;
    private int stripColumns;
    private int n;
    private int k;
    private float[] x;
    private int xOffset;
    private float[] b;
    private int bOffset;
    private int ldb;
    private float[] y;
    private int yOffset;

    /** y += x·B, with B of k rows and n columns. */
    void timesMatrix(Workers workers, int k, int n, float[] x, int xOffset, float[] b, int bOffset, int ldb, float[] y,
            int yOffset) {
        if ((long) k * n <= SMALL) {
            strip(k, n, x, xOffset, b, bOffset, ldb, y, yOffset);
        } else {
            operands(workers, k, n, x, xOffset, b, bOffset, ldb, y, yOffset);
            // One thread is faster with whole rows; how the columns are cut changes no bit.
            stripColumns = workers.threads() == 1 ? n : STRIP;
            workers.run(strip, Math.ceilDiv(n, stripColumns));
            release();
        }
    }

    /** y += B·x, with B of n rows and k columns. */
    void matrixTimes(Workers workers, int n, int k, float[] b, int bOffset, int ldb, float[] x, int xOffset, float[] y,
            int yOffset) {
        if ((long) k * n <= SMALL) {
            dots(n, k, b, bOffset, ldb, x, xOffset, y, yOffset, workers.scratch(0, Lanes.SUM_LANES));
        } else {
            operands(workers, k, n, x, xOffset, b, bOffset, ldb, y, yOffset);
            workers.run(dots, Math.ceilDiv(n, DOTS_PER_TASK));
            release();
        }
    }

    private void operands(Workers workers, int k, int n, float[] x, int xOffset, float[] b, int bOffset, int ldb,
            float[] y, int yOffset) {
        this.workers = workers;
        this.k = k;
        this.n = n;
        this.x = x;
        this.xOffset = xOffset;
        this.b = b;
        this.bOffset = bOffset;
        this.ldb = ldb;
        this.y = y;
        this.yOffset = yOffset;
    }

    private void release() {
        workers = null;
        x = null;
        b = null;
        y = null;
    }

    private void strip(int task, int worker) {
        int j = task * stripColumns;
        strip(k, Math.min(stripColumns, n - j), x, xOffset, b, bOffset + j, ldb, y, yOffset + j);
    }

    private void dots(int task, int worker) {
        int i = task * DOTS_PER_TASK;
        dots(Math.min(DOTS_PER_TASK, n - i), k, b, bOffset + i * ldb, ldb, x, xOffset, y, yOffset + i,
                workers.scratch(worker, Lanes.SUM_LANES));
    }

    static void strip(int k, int n, float[] x, int xOffset, float[] b, int bOffset, int ldb, float[] y,
            int yOffset) {
        int main = k & -8;
        for (int p = 0; p < main; p += 8) {
            addEightRows(n, x, xOffset + p, b, bOffset + p * ldb, ldb, y, yOffset);
        }
        for (int p = main; p < k; p++) {
            addRow(n, x[xOffset + p], b, bOffset + p * ldb, y, yOffset);
        }
    }

    /** Eight rows at a time keep as many streams of memory going, and y is read and written an eighth as often. */
    static void addEightRows(int n, float[] x, int xOffset, float[] b, int b0, int ldb, float[] y, int yOffset) {
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        int b4 = b3 + ldb;
        int b5 = b4 + ldb;
        int b6 = b5 + ldb;
        int b7 = b6 + ldb;
        FloatVector x0 = FloatVector.broadcast(FLOATS, x[xOffset]);
        FloatVector x1 = FloatVector.broadcast(FLOATS, x[xOffset + 1]);
        FloatVector x2 = FloatVector.broadcast(FLOATS, x[xOffset + 2]);
        FloatVector x3 = FloatVector.broadcast(FLOATS, x[xOffset + 3]);
        FloatVector x4 = FloatVector.broadcast(FLOATS, x[xOffset + 4]);
        FloatVector x5 = FloatVector.broadcast(FLOATS, x[xOffset + 5]);
        FloatVector x6 = FloatVector.broadcast(FLOATS, x[xOffset + 6]);
        FloatVector x7 = FloatVector.broadcast(FLOATS, x[xOffset + 7]);
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector s = FloatVector.fromArray(FLOATS, y, yOffset + j);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b0 + j).fma(x0, s)
                    : FloatVector.fromArray(FLOATS, b, b0 + j).mul(x0).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b1 + j).fma(x1, s)
                    : FloatVector.fromArray(FLOATS, b, b1 + j).mul(x1).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b2 + j).fma(x2, s)
                    : FloatVector.fromArray(FLOATS, b, b2 + j).mul(x2).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b3 + j).fma(x3, s)
                    : FloatVector.fromArray(FLOATS, b, b3 + j).mul(x3).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b4 + j).fma(x4, s)
                    : FloatVector.fromArray(FLOATS, b, b4 + j).mul(x4).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b5 + j).fma(x5, s)
                    : FloatVector.fromArray(FLOATS, b, b5 + j).mul(x5).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b6 + j).fma(x6, s)
                    : FloatVector.fromArray(FLOATS, b, b6 + j).mul(x6).add(s);
            s = FMA
                    ? FloatVector.fromArray(FLOATS, b, b7 + j).fma(x7, s)
                    : FloatVector.fromArray(FLOATS, b, b7 + j).mul(x7).add(s);
            s.intoArray(y, yOffset + j);
        }
        for (int p = 0; p < 8 && main < n; p++) {
            addRow(n - main, x[xOffset + p], b, b0 + p * ldb + main, y, yOffset + main);
        }
    }

    static void addRow(int n, float x, float[] b, int bOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        FloatVector v = FloatVector.broadcast(FLOATS, x);
        for (int j = 0; j < main; j += LANES) {
            (FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + j).fma(v,
                            FloatVector.fromArray(FLOATS, y, yOffset + j))
                    : FloatVector.fromArray(FLOATS, b, bOffset + j).mul(v)
                            .add(FloatVector.fromArray(FLOATS, y, yOffset + j)))
                    .intoArray(y, yOffset + j);
        }
        for (int j = main; j < n; j++) {
            y[yOffset + j] = Lanes.fma(b[bOffset + j], x, y[yOffset + j]);
        }
    }

    private static void dots(int n, int k, float[] b, int bOffset, int ldb, float[] x, int xOffset, float[] y,
            int yOffset, float[] sums) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] += dot(k, b, bOffset + i * ldb, x, xOffset, sums);
        }
    }

    /** Element p goes to running sum p mod 32, whatever the width. */
    static float dot(int k, float[] b, int bOffset, float[] x, int xOffset, float[] sums) {
        int main = k - k % Lanes.SUM_LANES;
        if (LANES == Lanes.SUM_LANES / 2) {
            dotByTwo(main, b, bOffset, x, xOffset, sums);
        } else {
            for (int lane = 0; lane < Lanes.SUM_LANES; lane += 4 * LANES) {
                dotByFour(main, b, bOffset + lane, x, xOffset + lane, sums, lane);
            }
        }
        for (int p = main; p < k; p++) {
            sums[p - main] = Lanes.fma(b[bOffset + p], x[xOffset + p], sums[p - main]);
        }
        return Lanes.sum(sums, 0);
    }

    private static void dotByTwo(int k, float[] b, int bOffset, float[] x, int xOffset, float[] sums) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        for (int p = 0; p < k; p += Lanes.SUM_LANES) {
            s0 = FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + p).fma(FloatVector.fromArray(FLOATS, x, xOffset + p),
                            s0)
                    : FloatVector.fromArray(FLOATS, b, bOffset + p).mul(FloatVector.fromArray(FLOATS, x, xOffset + p))
                            .add(s0);
            s1 = FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + p + LANES)
                            .fma(FloatVector.fromArray(FLOATS, x, xOffset + p + LANES), s1)
                    : FloatVector.fromArray(FLOATS, b, bOffset + p + LANES)
                            .mul(FloatVector.fromArray(FLOATS, x, xOffset + p + LANES)).add(s1);
        }
        VECTOR.cast(s0).intoArray(sums, 0);
        VECTOR.cast(s1).intoArray(sums, LANES);
    }

    private static void dotByFour(int k, float[] b, int bOffset, float[] x, int xOffset, float[] sums, int lane) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        for (int p = 0; p < k; p += Lanes.SUM_LANES) {
            s0 = FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + p).fma(FloatVector.fromArray(FLOATS, x, xOffset + p),
                            s0)
                    : FloatVector.fromArray(FLOATS, b, bOffset + p).mul(FloatVector.fromArray(FLOATS, x, xOffset + p))
                            .add(s0);
            s1 = FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + p + LANES)
                            .fma(FloatVector.fromArray(FLOATS, x, xOffset + p + LANES), s1)
                    : FloatVector.fromArray(FLOATS, b, bOffset + p + LANES)
                            .mul(FloatVector.fromArray(FLOATS, x, xOffset + p + LANES)).add(s1);
            s2 = FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + p + 2 * LANES)
                            .fma(FloatVector.fromArray(FLOATS, x, xOffset + p + 2 * LANES), s2)
                    : FloatVector.fromArray(FLOATS, b, bOffset + p + 2 * LANES)
                            .mul(FloatVector.fromArray(FLOATS, x, xOffset + p + 2 * LANES)).add(s2);
            s3 = FMA
                    ? FloatVector.fromArray(FLOATS, b, bOffset + p + 3 * LANES)
                            .fma(FloatVector.fromArray(FLOATS, x, xOffset + p + 3 * LANES), s3)
                    : FloatVector.fromArray(FLOATS, b, bOffset + p + 3 * LANES)
                            .mul(FloatVector.fromArray(FLOATS, x, xOffset + p + 3 * LANES)).add(s3);
        }
        VECTOR.cast(s0).intoArray(sums, lane);
        VECTOR.cast(s1).intoArray(sums, lane + LANES);
        VECTOR.cast(s2).intoArray(sums, lane + 2 * LANES);
        VECTOR.cast(s3).intoArray(sums, lane + 3 * LANES);
    }

    /** Has the loops compiled; see {@link GemmWarmUp}. Not while this class is initialized: its constants are none to C2 then. */
    static void warmUp() {
        if (!Lanes.COMPILED) {
            return;
        }
        float[] b = new float[8 * 80];
        float[] x = new float[80];
        float[] y = new float[80];
        float[] sums = new float[Lanes.SUM_LANES];
        for (int call = 0; call < GemmWarmUp.CALLS; call++) {
            addEightRows(64 + 9 * (call & 1), x, 0, b, 0, 80, y, 0);
            addRow(64 + 9 * (call & 1), 0f, b, 0, y, 0);
            dot(64 + 9 * (call & 1), b, 0, x, 0, sums);
        }
    }
}
