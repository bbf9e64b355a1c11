package lanewise.kernels.reduction;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** Running sums along an axis, and the gradient, which is the running sum from the other end. */
public final class CumulativeSum {

    private CumulativeSum() {}

    /**
     * y[o][j][i] ← x[o][0][i] + … + x[o][j][i], one after the other; exclusive: without x[o][j][i] itself; reverse: from the last on.
     *
     * @shape x, y: outer × n × inner
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error γ(m − 1)·Σ|x| for the sum of m elements; proved
     * @special NaN and infinities propagate as in the sum; exclusive: the first is +0; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX CumSum-14, PyTorch cumsum
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param exclusive whether an element is left out of its own sum
     * @param reverse whether sums begin at the last element
     * @param x the summands
     * @param xOffset index of the first
     * @param y the sums
     * @param yOffset index of the first
     * @throws IllegalArgumentException if outer, n or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int outer, int n, int inner, boolean exclusive, boolean reverse,
            float[] x, int xOffset, float[] y, int yOffset) {
        String op = "CumulativeSum.forward";
        check(op, workers, outer, n, inner);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, n, inner));
        workers.reusable(CumulativeSumJob.class, CumulativeSumJob::new).run(workers, outer, n, inner, exclusive,
                reverse, x, xOffset, y, yOffset, false);
    }

    /**
     * dx[o][j][i] ← the sum of dy over the results that x[o][j][i] is a summand of, or dx[o][j][i] plus that.
     *
     * @shape dy, dx: outer × n × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error γ(m − 1)·Σ|dy| for the sum of m elements, and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the sum; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param exclusive whether an element was left out of its own sum
     * @param reverse whether sums began at the last element
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if outer, n or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int outer, int n, int inner, boolean exclusive, boolean reverse,
            float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "CumulativeSum.backward";
        check(op, workers, outer, n, inner);
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, n, inner));
        workers.reusable(CumulativeSumJob.class, CumulativeSumJob::new).run(workers, outer, n, inner, exclusive,
                !reverse, dy, dyOffset, dx, dxOffset, accumulate);
    }

    private static void check(String op, Workers workers, int outer, int n, int inner) {
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
    }
}
