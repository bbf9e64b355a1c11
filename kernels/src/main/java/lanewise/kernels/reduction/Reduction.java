package lanewise.kernels.reduction;

import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.SumJob;

/** Sums and maxima. */
public final class Reduction {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    // Elements of a task: about a microsecond of work, twice what it costs to hand it to a thread that spins.
    private static final int TASK = 8192;
    // A strip of columns is at least a few cache lines wide, or two threads would fight for the lines of the result.
    private static final int STRIP = 64;
    private static final int ROWS_AT_ONCE = 4;

    private Reduction() {}

    /**
     * sum ← Σ x[i].
     *
     * @shape x: n elements; sum: 1 element
     * @writes overwrites sum
     * @aliasing sum may be an element of x
     * @workspace 4128 elements per worker, one per 4096 elements shared
     * @error at most γ(134)·Σ|x| for any n, proved: 133 roundings in blocks of 4096 elements, whose sums are added in
     *        double precision, and one of the result
     * @special NaN and infinities propagate as in the sum; n = 0 gives 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX ReduceSum-13 over all axes
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the summands
     * @param xOffset index of the first
     * @param sum the result
     * @param sumOffset its index
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void sum(Workers workers, int n, float[] x, int xOffset, float[] sum, int sumOffset) {
        String op = "Reduction.sum";
        Objects.requireNonNull(workers, "Reduction.sum: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "sum", sum, sumOffset, 1);
        sum[sumOffset] = (float) workers.reusable(Sum.class, Sum::new).total(workers, n, x, xOffset, null, 0);
    }

    /**
     * Σ x[i]², for example of gradients, whose norm is the root of the sum over all parameters.
     *
     * @shape x: n elements
     * @writes nothing
     * @aliasing none possible
     * @workspace 4128 elements per worker, one per 4096 elements shared
     * @error at most γ(134) of the result for any n, but for underflow of squares, proved: 134 roundings in blocks of 4096 elements, whose
     *        sums are added in double precision
     * @special NaN and infinities propagate as in the sum; a square or a block's sum above the largest float gives +∞; n = 0 gives 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX ReduceSumSquare-18 over all axes
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the elements
     * @param xOffset index of the first
     * @return the sum, in double precision, so that sums can be added up further
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public static double sumOfSquares(Workers workers, int n, float[] x, int xOffset) {
        String op = "Reduction.sumOfSquares";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        return workers.reusable(SumOfSquares.class, SumOfSquares::new).total(workers, n, x, xOffset, null, 0);
    }

    /**
     * sum[j] ← Σ x[i][j] over the rows i, or sum[j] plus that: the gradient of a bias.
     *
     * @shape x: rows × cols, row-major, leading dimension ldx; sum: cols elements
     * @writes overwrites sum, or accumulates into it
     * @aliasing sum and x must not overlap (not detected)
     * @workspace none
     * @error at most γ(rows)·(Σ|x[i][j]| + |old sum[j]|), proved: the rows are added in their order, beginning with 0 or
     *        the old sum
     * @special NaN and infinities propagate as in the sum; rows = 0 gives 0, or leaves sum as it is when accumulating
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX ReduceSum-13 over the first axis
     *
     * @param workers the team that computes
     * @param rows number of rows
     * @param cols number of columns
     * @param x the matrix
     * @param xOffset index of its first element
     * @param ldx elements between the starts of two rows
     * @param sum the results
     * @param sumOffset index of the first
     * @param accumulate whether to add to sum
     * @throws IllegalArgumentException if rows or cols is negative, or ldx is less than cols
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void columnSums(Workers workers, int rows, int cols, float[] x, int xOffset, int ldx, float[] sum,
            int sumOffset, boolean accumulate) {
        String op = "Reduction.columnSums";
        Objects.requireNonNull(workers, "Reduction.columnSums: workers is null");
        Checks.size(op, "rows", rows);
        Checks.size(op, "cols", cols);
        Checks.matrix(op, "x", x, xOffset, rows, cols, "ldx", ldx);
        Checks.vector(op, "sum", sum, sumOffset, cols);
        if (isSmall(rows, cols)) {
            columnSums(rows, cols, x, xOffset, ldx, sum, sumOffset, accumulate);
        } else {
            workers.reusable(ColumnSums.class, ColumnSums::new).run(workers, rows, cols, x, xOffset, ldx, sum,
                    sumOffset,
                    accumulate);
        }
    }

    /**
     * index[i] ← the first j where x[i][j] is the maximum of row i.
     *
     * @shape x: rows × cols, row-major, leading dimension ldx; index: rows elements
     * @writes overwrites index
     * @aliasing none possible
     * @workspace none
     * @error exact
     * @special the first NaN of a row counts as its maximum; -0 equals +0; of equal elements the first is taken; rows = 0
     *          does nothing; cols = 0 is refused when there are rows, since an empty row has no maximum
     * @deterministic the same result for every width, thread count and JIT state
     * @source ONNX ArgMax-13 over the last axis; NaN as in PyTorch argmax
     *
     * @param workers the team that computes
     * @param rows number of rows
     * @param cols number of columns
     * @param x the matrix
     * @param xOffset index of its first element
     * @param ldx elements between the starts of two rows
     * @param index the results
     * @param indexOffset index of the first
     * @throws IllegalArgumentException if rows or cols is negative, ldx is less than cols, or cols is 0 and rows is not
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void argMaxRows(Workers workers, int rows, int cols, float[] x, int xOffset, int ldx, int[] index,
            int indexOffset) {
        String op = "Reduction.argMaxRows";
        Objects.requireNonNull(workers, "Reduction.argMaxRows: workers is null");
        Checks.size(op, "rows", rows);
        Checks.size(op, "cols", cols);
        if (cols == 0 && rows > 0) {
            throw new IllegalArgumentException(
                    op + ": cols = 0, need cols >= 1 (an empty row has no maximum; rows = " + rows + ")");
        }
        Checks.matrix(op, "x", x, xOffset, rows, cols, "ldx", ldx);
        Checks.vector(op, "index", index, indexOffset, rows);
        if (isSmall(rows, cols)) {
            ArgMaxRows.compute(rows, cols, x, xOffset, ldx, index, indexOffset);
        } else {
            workers.reusable(ArgMaxRows.class, ArgMaxRows::new).run(workers, Math.max(1, TASK / cols), rows, cols, x,
                    xOffset, ldx, index,
                    indexOffset);
        }
    }

    private static boolean isSmall(int rows, int cols) {
        return (long) rows * cols <= 2 * TASK;
    }

    /** Adds several rows to the sums at a time: fewer passes over the sums, the same order of additions. */
    private static void columnSums(int rows, int cols, float[] x, int xOffset, int ldx, float[] sum, int sumOffset,
            boolean accumulate) {
        if (!accumulate && cols > 0) {
            Arrays.fill(sum, sumOffset, sumOffset + cols, 0f);
        }
        int i = 0;
        for (; i + ROWS_AT_ONCE <= rows; i += ROWS_AT_ONCE) {
            addFourRows(cols, x, xOffset + i * ldx, ldx, sum, sumOffset);
        }
        for (; i < rows; i++) {
            Rows.add(cols, x, xOffset + i * ldx, sum, sumOffset);
        }
    }

    private static void addFourRows(int cols, float[] x, int xOffset, int ldx, float[] sum, int sumOffset) {
        int row1 = xOffset + ldx;
        int row2 = row1 + ldx;
        int row3 = row2 + ldx;
        int main = FLOATS.loopBound(cols);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, sum, sumOffset + j).add(FloatVector.fromArray(FLOATS, x, xOffset + j))
                    .add(FloatVector.fromArray(FLOATS, x, row1 + j)).add(FloatVector.fromArray(FLOATS, x, row2 + j))
                    .add(FloatVector.fromArray(FLOATS, x, row3 + j)).intoArray(sum, sumOffset + j);
        }
        for (int j = main; j < cols; j++) {
            sum[sumOffset + j] = sum[sumOffset + j] + x[xOffset + j] + x[row1 + j] + x[row2 + j] + x[row3 + j];
        }
    }

    private static final class Sum extends SumJob {

        @Override
        protected float block(int from, int n, float[] scratch) {
            return sum(n, a, aOffset + from, scratch);
        }
    }

    private static final class SumOfSquares extends SumJob {

        @Override
        protected float block(int from, int n, float[] scratch) {
            return dot(n, a, aOffset + from, a, aOffset + from, scratch);
        }
    }

    private static final class ColumnSums implements Workers.Job {

        private int rows;
        private int cols;
        private int strip;
        private float[] x;
        private int xOffset;
        private int ldx;
        private float[] sum;
        private int sumOffset;
        private boolean accumulate;

        void run(Workers workers, int rows, int cols, float[] x, int xOffset, int ldx, float[] sum, int sumOffset,
                boolean accumulate) {
            this.rows = rows;
            this.cols = cols;
            this.x = x;
            this.xOffset = xOffset;
            this.ldx = ldx;
            this.sum = sum;
            this.sumOffset = sumOffset;
            this.accumulate = accumulate;
            strip = Math.max(STRIP, TASK / rows / STRIP * STRIP);
            try {
                workers.run(this, (cols - 1) / strip + 1);
            } finally {
                this.x = null;
                this.sum = null;
            }
        }

        @Override
        public void run(int task, int worker) {
            int from = task * strip;
            columnSums(rows, Math.min(strip, cols - from), x, xOffset + from, ldx, sum, sumOffset + from, accumulate);
        }
    }
}
