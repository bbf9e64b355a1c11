package lanewise.kernels.softmax;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.VectorMath;

/** The logarithm of a sum of exponentials: the smooth maximum. */
public final class LogSumExp {

    private LogSumExp() {}

    /**
     * y ← max + log Σ exp(x − max) for every row of [outer][n][inner] along the middle axis.
     *
     * @shape x: outer × n × inner; y: outer × inner
     * @writes overwrites y
     * @aliasing x and y must not overlap (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error at most u·|y| + γ(250) for any n; proved but for exp (measured)
     * @special NaN gives NaN; else +∞ gives +∞, and a row of −∞ alone −∞; n = 0 gives −∞, the logarithm of no sum
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source ONNX ReduceLogSumExp-18, PyTorch logsumexp
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param x the arguments
     * @param xOffset index of the first
     * @param y a result per row
     * @param yOffset index of the first
     * @throws IllegalArgumentException if outer, n or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int outer, int n, int inner, float[] x, int xOffset, float[] y,
            int yOffset) {
        String op = "LogSumExp.forward";
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "y", y, yOffset, (long) outer * inner);
        if (n == 0 && outer > 0 && inner > 0) {
            Arrays.fill(y, yOffset, yOffset + outer * inner, Float.NEGATIVE_INFINITY);
        } else if (RowJob.length(outer, n, inner) > 0) {
            workers.reusable(Forward.class, Forward::new).perRow(y, yOffset, null, 0).run(workers, outer, n, inner, x,
                    xOffset, null, 0, null, 0, false);
        }
    }

    /**
     * dx[j] ← dy · exp(x[j] − y), or dx[j] plus that, for every row.
     *
     * @shape x, dx: outer × n × inner; y, dy: outer × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error at most γ(4 + |x[j] − y|)·|dx[j]| beside what y errs, and one rounding of the sum when accumulating; proved but for exp
     * @special NaN and infinities propagate as in the formula; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param y its results, one per row
     * @param yOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of the first
     * @param dx gradient with respect to x
     * @param dxOffset index of the first
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if outer, n or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int outer, int n, int inner, float[] x, int xOffset, float[] y,
            int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "LogSumExp.backward";
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "y", y, yOffset, (long) outer * inner);
        Checks.vector(op, "dy", dy, dyOffset, (long) outer * inner);
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, n, inner));
        if (RowJob.length(outer, n, inner) > 0) {
            workers.reusable(Backward.class, Backward::new).perRow(y, yOffset, dy, dyOffset).run(workers, outer, n,
                    inner, x, xOffset, null, 0, dx, dxOffset, accumulate);
        }
    }

    private static final class Forward extends RowJob {

        @Override
        protected void rows(int first, int count, float[] x, int xo, float[] none, int no, float[] nothing, int nno,
                float[] scratch) {
            int shifts = SUMS + count * n;
            for (int i = 0; i < count; i++) {
                float max = VectorMath.greatest(n, x, xo + i * n);
                // Infinity minus infinity is none of the results.
                scratch[shifts + i] = Float.isInfinite(max) ? 0 : max;
            }
            SoftmaxTerms.exponentials(count, n, x, xo, n, scratch, shifts, scratch, SUMS);
            for (int i = 0; i < count; i++) {
                double sum = SoftmaxTerms.sum(n, scratch, SUMS + i * n, scratch);
                // Not Math.log, whose bits may depend on the JIT.
                perRow[perRowOffset + first + i] = (float) (scratch[shifts + i] + StrictMath.log(sum));
            }
        }
    }

    private static final class Backward extends RowJob {

        @Override
        protected void rows(int first, int count, float[] x, int xo, float[] none, int no, float[] dx, int dxo,
                float[] scratch) {
            SoftmaxTerms.exponentials(count, n, x, xo, n, perRow, perRowOffset + first, scratch, SUMS);
            for (int i = 0; i < count; i++) {
                SoftmaxTerms.scale(n, scratch, SUMS + i * n, alsoPerRow[alsoPerRowOffset + first + i], dx, dxo + i * n,
                        accumulate);
            }
        }
    }
}
