package lanewise.kernels.normalization;

import java.util.Arrays;
import lanewise.kernels.Workers;

/**
 * What the bodies of {@link LayerNorm} and {@link RmsNorm} have in common. Rows are cut into at most 32 blocks by shape alone, fewer
 * where they are very long or few; each has its own sums over rows, which are added in their order.
 */
abstract class RowNormJob implements Workers.Job {

    private static final int BLOCKS = 32;
    // Elements of a block at least: its sums over rows are added up one by one in the end.
    private static final int BLOCK = 1 << 15;
    // 16 MiB for each of two sums over rows.
    private static final int SUMS = 1 << 22;
    // Below this, a second thread costs more than it brings.
    private static final int SMALL = 16_384;

    /** Elements of a row. */
    int n;
    /** Added to the variance or mean square. */
    float epsilon;
    /** The arguments. */
    float[] x;
    /** Index of the first. */
    int xo;
    /** Factor of each column. */
    float[] gamma;
    /** Index of the first. */
    int go;
    /** What is kept of each row. */
    float[] statistics;
    /** Index of the first. */
    int so;
    /** The results, or the gradient with respect to x. */
    float[] y;
    /** Index of the first. */
    int yo;
    /** The gradient with respect to the results, or null in a forward pass. */
    float[] dy;
    /** Index of the first. */
    int dyo;
    /** Whether the gradient with respect to x is added to. */
    boolean accumulate;
    /** Sums over the rows of each block: columns elements for each of them. */
    float[] sums;

    private final int columnSums;
    private Moments[] moments = new Moments[0];
    private Workers workers;
    private int rows;
    private int blockRows;

    /** A job with so many sums over rows in its backward pass. */
    RowNormJob(int columnSums) {
        this.columnSums = columnSums;
    }

    /** A row of the forward pass. */
    abstract void forward(int row, Moments m, float[] scratch);

    /** A row of the backward pass; {@code at} is where its block has its sums. */
    abstract void backward(int row, Moments m, float[] scratch, int at);

    final void operands(Workers team, int rowCount, int columns, float[] arguments, int first, float[] factors,
            int firstFactor, float[] kept, int firstKept) {
        workers = team;
        rows = rowCount;
        n = columns;
        x = arguments;
        xo = first;
        gamma = factors;
        go = firstFactor;
        statistics = kept;
        so = firstKept;
        blockRows = Math.max(Math.ceilDiv(BLOCK, n), Math.ceilDiv(rows, Math.clamp(SUMS / n, 1, BLOCKS)));
        moments = Moments.forTeam(workers, moments);
    }

    final void forward(float[] results, int first) {
        y = results;
        yo = first;
        run();
    }

    /** Computes dx, and leaves the sums over rows to {@link #addUp}; the caller then releases. */
    final void backward(float[] gradient, int first, float[] dx, int dxo, boolean accumulateX) {
        dy = gradient;
        dyo = first;
        y = dx;
        yo = dxo;
        accumulate = accumulateX;
        sums = workers.sharedScratch(Math.toIntExact((long) columnSums * Math.ceilDiv(rows, blockRows) * n));
        run();
    }

    /** Lets go of the caller's arrays. Without dy a call is a forward pass: it must not stay after a failure. */
    void release() {
        workers = null;
        x = null;
        gamma = null;
        statistics = null;
        y = null;
        dy = null;
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
    public final void run(int block, int worker) {
        float[] scratch = workers.scratch(worker, Moments.SCRATCH);
        Moments m = moments[worker];
        int from = block * blockRows;
        int to = Math.min(rows, from + blockRows);
        int at = block * columnSums * n;
        if (dy != null) {
            Arrays.fill(sums, at, at + columnSums * n, 0);
        }
        for (int row = from; row < to; row++) {
            if (dy == null) {
                forward(row, m, scratch);
            } else {
                backward(row, m, scratch, at);
            }
        }
    }

    /** The sums of all blocks, of the column sums with this number. */
    final void addUp(int number, float[] d, int o, boolean add) {
        int blocks = Math.ceilDiv(rows, blockRows);
        int distance = columnSums * n;
        int j = 0;
        // Columns together: an addition waits for the one before, and blocks lie far apart.
        for (int at = number * n; j <= n - 4; j += 4, at += 4) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            for (int block = 0, from = at; block < blocks; block++, from += distance) {
                sum0 += sums[from];
                sum1 += sums[from + 1];
                sum2 += sums[from + 2];
                sum3 += sums[from + 3];
            }
            put(sum0, d, o + j, add);
            put(sum1, d, o + j + 1, add);
            put(sum2, d, o + j + 2, add);
            put(sum3, d, o + j + 3, add);
        }
        for (; j < n; j++) {
            double sum = 0;
            for (int block = 0; block < blocks; block++) {
                sum += sums[block * distance + number * n + j];
            }
            put(sum, d, o + j, add);
        }
    }

    private static void put(double sum, float[] d, int at, boolean add) {
        d[at] = add ? (float) sum + d[at] : (float) sum;
    }
}
