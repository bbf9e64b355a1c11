package lanewise.kernels.internal;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * One call of a kernel whose elements depend on all others of their row, as a job for {@link Workers}. Arrays are
 * [outer][n][inner], and a row goes along the middle axis. Rows along the last axis (inner = 1) are computed where they are;
 * others are transposed first, so that a row has the same bits whatever its axis.
 *
 * <p>
 * A task is a block of rows, by shape alone: short rows share one call of exp.
 */
public abstract class RowJob implements Workers.Job {

    /** Elements of scratch memory before those of the rows: what {@link SumJob#sum} needs. */
    protected static final int SUMS = Lanes.SUM_LANES;

    private static final int BLOCK = SumJob.BLOCK;
    // Rows along other axes lie side by side: with fewer, memory is read by less than its lines, unless they are so long that
    // this many elements are fewer rows.
    private static final int SIDE_BY_SIDE = 16;
    private static final int MOST_SIDE_BY_SIDE = SIDE_BY_SIDE * BLOCK;
    // Below this, a second thread costs more than it brings.
    private static final int SMALL_TASKS = 4;

    /** Elements of a row. */
    protected int n;
    /** Whether the output is added to. */
    protected boolean accumulate;
    /** An array with one element per row, in the order of rows, or null. */
    protected float[] perRow;
    /** Index of its first element. */
    protected int perRowOffset;
    /** Another one, or null. */
    protected float[] alsoPerRow;
    /** Index of its first element. */
    protected int alsoPerRowOffset;

    private Workers workers;
    private int rows;
    private int inner;
    private int rowsPerTask;
    private float[] a;
    private int aOffset;
    private float[] b;
    private int bOffset;
    private float[] c;
    private int cOffset;

    /** For subclasses. */
    protected RowJob() {}

    /**
     * Computes some rows that lie one after the other.
     *
     * @param first number of the first, for {@link #perRow}
     * @param count how many
     * @param a first operand
     * @param ao index of its first element
     * @param b second operand, or null
     * @param bo index of its first element
     * @param c output, or null
     * @param co index of its first element
     * @param scratch {@link #SUMS} elements, as many as the rows have, and one per row
     */
    protected abstract void rows(int first, int count, float[] a, int ao, float[] b, int bo, float[] c, int co,
            float[] scratch);

    /**
     * The number of elements of an array, for {@link Checks#vector}.
     *
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block
     * @return outer · n · inner, or some number that is too large for an array where that does not fit
     */
    public static long length(int outer, int n, int inner) {
        long rest = (long) n * inner;
        return rest > Integer.MAX_VALUE && outer > 0 ? rest : outer * rest;
    }

    /**
     * Sets the arrays with one element per row.
     *
     * @param one the first, or null
     * @param oneOffset index of its first element
     * @param other the second, or null
     * @param otherOffset index of its first element
     * @return this
     */
    public final RowJob perRow(float[] one, int oneOffset, float[] other, int otherOffset) {
        perRow = one;
        perRowOffset = oneOffset;
        alsoPerRow = other;
        alsoPerRowOffset = otherOffset;
        return this;
    }

    /**
     * Computes all rows, on a team where that is faster, and forgets the operands.
     *
     * @param workers the team
     * @param outer number of blocks
     * @param n elements of a row, at least 1
     * @param inner rows of a block
     * @param a first operand
     * @param aOffset index of its first element
     * @param b second operand, or null
     * @param bOffset index of its first element
     * @param c output, or null
     * @param cOffset index of its first element
     * @param accumulate whether the output is added to
     */
    public final void run(Workers workers, int outer, int n, int inner, float[] a, int aOffset, float[] b, int bOffset,
            float[] c, int cOffset, boolean accumulate) {
        this.workers = workers;
        this.n = n;
        this.inner = inner;
        this.a = a;
        this.aOffset = aOffset;
        this.b = b;
        this.bOffset = bOffset;
        this.c = c;
        this.cOffset = cOffset;
        this.accumulate = accumulate;
        rows = outer * inner;
        int least = inner == 1 ? 1 : Math.min(SIDE_BY_SIDE, MOST_SIDE_BY_SIDE / n);
        rowsPerTask = Math.max(Math.max(1, least), BLOCK / n);
        int tasks = Math.ceilDiv(rows, rowsPerTask);
        try {
            if (tasks <= SMALL_TASKS && (long) rows * n <= SMALL_TASKS * BLOCK) {
                for (int task = 0; task < tasks; task++) {
                    run(task, 0);
                }
            } else {
                workers.run(this, tasks);
            }
        } finally {
            this.workers = null;
            this.a = null;
            this.b = null;
            this.c = null;
            perRow(null, 0, null, 0);
        }
    }

    @Override
    public final void run(int task, int worker) {
        int first = task * rowsPerTask;
        int count = Math.min(rowsPerTask, rows - first);
        int elements = Math.max(BLOCK, rowsPerTask * n);
        int used = SUMS + elements + BLOCK;
        float[] scratch = workers.scratch(worker, inner == 1 ? used : used + 3 * elements);
        if (inner == 1) {
            rows(first, count, a, aOffset + first * n, b, bOffset + first * n, c, cOffset + first * n, scratch);
            return;
        }
        gather(first, count, a, aOffset, scratch, used);
        if (b != null) {
            gather(first, count, b, bOffset, scratch, used + elements);
        }
        if (c != null && accumulate) {
            gather(first, count, c, cOffset, scratch, used + 2 * elements);
        }
        rows(first, count, scratch, used, b == null ? null : scratch, used + elements, c == null ? null : scratch,
                used + 2 * elements, scratch);
        if (c != null) {
            for (int row = 0, width; row < count; row += width) {
                width = sideBySide(first + row, count - row);
                GemmPacking.transpose(width, n, scratch, used + 2 * elements + row * n, n, c,
                        cOffset + start(first + row), inner);
            }
        }
    }

    private void gather(int first, int count, float[] x, int xOffset, float[] to, int toOffset) {
        for (int row = 0, width; row < count; row += width) {
            width = sideBySide(first + row, count - row);
            GemmPacking.transpose(n, width, x, xOffset + start(first + row), inner, to, toOffset + row * n, n);
        }
    }

    /** How many rows from one on are of its block. */
    private int sideBySide(int row, int most) {
        return Math.min(most, inner - row % inner);
    }

    private int start(int row) {
        return row / inner * n * inner + row % inner;
    }
}
