package lanewise.kernels.reduction;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/**
 * One number from each row along an axis, and the gradients. Several axes that follow one another are one; others are brought side by
 * side first, with {@code lanewise.kernels.layout.Strided}. A sum over any axes that need not be fast along the last one is
 * {@code Strided.add}.
 */
public final class AxisReduction {

    private AxisReduction() {}

    /**
     * y[o][i] ← operator of x[o][0][i] … x[o][n − 1][i].
     *
     * @shape x: outer × n × inner; y: outer × inner
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error MAX and MIN exact; SUM, MEAN and L1 γ(135)·Σ|terms|, SQUARES and L2 γ(136) of the result, VARIANCE γ(140)·(variance + u²·the mean of squares), PRODUCT γ(1) of
     *        the result; for any n; proved. PRODUCT is computed in double precision, where it neither overflows nor underflows below
     *        eight factors of any size
     * @special NaN and infinities propagate as in the formula; of equal zeros MAX takes +0 and MIN −0; an empty row has what
     *          {@link ReductionOperator} says; no rows: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source ONNX ReduceSum, ReduceMean, ReduceMax, ReduceMin, ReduceProd, ReduceL1, ReduceL2, ReduceSumSquare; PyTorch var with
     *         correction = 0
     *
     * @param workers the team that computes
     * @param operator what is computed
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results, one per row
     * @param yOffset index of the first
     * @throws IllegalArgumentException if outer, n or inner is negative, or n is 0 and there is no result of an empty row
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, ReductionOperator operator, int outer, int n, int inner, float[] x,
            int xOffset, float[] y, int yOffset) {
        String op = "AxisReduction.forward";
        check(op, workers, operator, outer, n, inner, x, xOffset, y, yOffset);
        if (n == 0) {
            Arrays.fill(y, yOffset, yOffset + outer * inner, operator == ReductionOperator.PRODUCT ? 1 : 0);
        } else if (outer > 0 && inner > 0) {
            ReductionRows job = workers.reusable(ReductionRows.class, ReductionRows::new);
            job.of(operator).perRow(y, yOffset, null, 0).run(workers, outer, n, inner, x, xOffset, null, 0, null, 0,
                    false);
        }
    }

    /**
     * dx ← dy · the derivative of {@link #forward}, or dx plus that: of SUM 1, of MEAN 1 / n, of VARIANCE 2 (x − mean) / n, of MAX and MIN 1 at
     * the first element that is the result and 0 elsewhere, of PRODUCT the product of the other elements, of L1 the sign of x, of L2 x / y, or
     * 0 where y is 0, of SQUARES 2 x.
     *
     * @shape x, dx: outer × n × inner; y, dy: outer × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace as {@link #forward}
     * @error SUM, L1, MAX and MIN exact, MEAN γ(1), SQUARES γ(2), L2 γ(3) beside what y errs, PRODUCT γ(2), VARIANCE γ(4)·|dy|·2 (|x| + |mean|) / n and what
     *        the mean errs; one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; MAX and MIN of a row with NaN give the gradient to its first NaN; no elements:
     *          nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param operator what was computed
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
     * @throws IllegalArgumentException if outer, n or inner is negative, or n is 0 and there is no result of an empty row
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, ReductionOperator operator, int outer, int n, int inner, float[] x,
            int xOffset, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        String op = "AxisReduction.backward";
        check(op, workers, operator, outer, n, inner, x, xOffset, y, yOffset);
        Checks.vector(op, "dy", dy, dyOffset, (long) outer * inner);
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, n, inner));
        if (RowJob.length(outer, n, inner) > 0) {
            ReductionGradients job = workers.reusable(ReductionGradients.class, ReductionGradients::new);
            job.of(operator).perRow(y, yOffset, dy, dyOffset).run(workers, outer, n, inner, x, xOffset, null, 0, dx,
                    dxOffset, accumulate);
        }
    }

    private static void check(String op, Workers workers, ReductionOperator operator, int outer, int n, int inner,
            float[] x, int xOffset, float[] y, int yOffset) {
        Checks.workers(op, workers);
        if (operator == null) {
            throw new NullPointerException(op + ": operator is null");
        }
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        if (n == 0 && (long) outer * inner > 0 && !operator.isOfEmptyRow()) {
            throw new IllegalArgumentException(op + ": n = 0, need n >= 1 (an empty row has no " + operator + ")");
        }
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "y", y, yOffset, (long) outer * inner);
    }
}
