package lanewise.kernels.normalization;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** Rows along an axis, divided by their L1 or L2 norm: unit vectors. Scaled per row, they are normalized weights. */
public final class LpNorm {

    private LpNorm() {}

    /**
     * y ← x / max(norm, epsilon), row by row, with norm = (Σ|x|ᵖ)<sup>1/p</sup>.
     *
     * @shape x, y: outer × n × inner; norm: outer × inner
     * @writes overwrites y and norm
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace as {@code AxisReduction}
     * @error γ(140)·|y|, norm γ(136)·norm, where no square leaves the range of float; proved
     * @special of a row with NaN all results are NaN; of one whose norm is infinite 0, or NaN where x is infinite; of zeros, 0 where epsilon is
     *          greater than 0 and NaN else; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source PyTorch functional.normalize; ONNX LpNormalization-22 with epsilon the least normal number
     *
     * @param workers the team that computes
     * @param p 1 or 2
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param epsilon what norms are taken to be at least
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param norm the norms of the rows, for the backward pass: not less than epsilon
     * @param normOffset index of the first
     * @throws IllegalArgumentException if p is neither 1 nor 2, outer, n or inner is negative, or epsilon is negative or not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int p, int outer, int n, int inner, float epsilon, float[] x,
            int xOffset, float[] y, int yOffset, float[] norm, int normOffset) {
        String op = "LpNorm.forward";
        check(op, workers, p, outer, n, inner, epsilon);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "norm", norm, normOffset, n == 0 ? 0 : (long) outer * inner);
        if (RowJob.length(outer, n, inner) > 0) {
            workers.reusable(LpNormJob.class, LpNormJob::new).of(p, epsilon).perRow(norm, normOffset, null, 0)
                    .run(workers, outer, n, inner, x, xOffset, null, 0, y, yOffset, false);
        }
    }

    /**
     * dx ← dy / norm − d · Σ x · dy / normᵖ⁺¹, row by row, or dx plus that; d is x for p = 2 and its sign for p = 1. Where the norm was less
     * than epsilon, dy / epsilon.
     *
     * @shape x, dy, dx: outer × n × inner; norm: outer × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be x or dy at the same offset; other overlap is forbidden (not detected)
     * @workspace as {@code AxisReduction}
     * @error γ(420)·(|dy| / norm + |d| · Σ|x · dy| / normᵖ⁺¹) where no product leaves the range of float, and one rounding of the sum when
     *        accumulating; proved
     * @special NaN and infinities propagate as in the formula; the sign of 0 is 0; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param p 1 or 2
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param epsilon what norms were taken to be at least
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param norm the norms that it left
     * @param normOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if p is neither 1 nor 2, outer, n or inner is negative, or epsilon is negative or not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int p, int outer, int n, int inner, float epsilon, float[] x,
            int xOffset, float[] norm, int normOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        String op = "LpNorm.backward";
        check(op, workers, p, outer, n, inner, epsilon);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "norm", norm, normOffset, n == 0 ? 0 : (long) outer * inner);
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, n, inner));
        if (RowJob.length(outer, n, inner) > 0) {
            workers.reusable(LpNormGradients.class, LpNormGradients::new).of(p, epsilon)
                    .perRow(norm, normOffset, null, 0)
                    .run(workers, outer, n, inner, x, xOffset, dy, dyOffset, dx, dxOffset, accumulate);
        }
    }

    private static void check(String op, Workers workers, int p, int outer, int n, int inner, float epsilon) {
        Checks.workers(op, workers);
        if (p != 1 && p != 2) {
            throw new IllegalArgumentException(op + ": p = " + p + ", need 1 or 2");
        }
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        if (!(epsilon >= 0 && epsilon <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(op + ": epsilon = " + epsilon + ", need a finite number >= 0");
        }
    }
}
