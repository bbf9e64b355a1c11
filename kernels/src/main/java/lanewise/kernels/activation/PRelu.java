package lanewise.kernels.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** The rectifier whose slope for negative arguments is learned, one for each channel. */
public final class PRelu {

    private PRelu() {}

    /**
     * y[o][j][i] ← x[o][j][i] &lt; 0 ? slope[j] · x[o][j][i] : x[o][j][i].
     *
     * @shape x, y: outer × c × inner; slope: c elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded
     * @special NaN gives NaN; −0 gives −0; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source He, Zhang, Ren, Sun 2015; ONNX PRelu-16 with one slope per channel, PyTorch PReLU
     *
     * @param workers the team that computes
     * @param outer number of images
     * @param c channels; 1 for one slope for all elements
     * @param inner elements of a channel of an image
     * @param x the arguments
     * @param xOffset index of the first
     * @param slope the slopes for negative arguments
     * @param slopeOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if outer, c or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int outer, int c, int inner, float[] x, int xOffset, float[] slope,
            int slopeOffset, float[] y, int yOffset) {
        String op = "PRelu.forward";
        check(op, workers, outer, c, inner, x, xOffset, slope, slopeOffset);
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, c, inner));
        if (RowJob.length(outer, c, inner) > 0) {
            workers.reusable(PReluJob.class, PReluJob::new).forward(workers, outer, c, inner, x, xOffset, slope,
                    slopeOffset, y, yOffset);
        }
    }

    /**
     * dx[o][j][i] ← x[o][j][i] &gt; 0 ? dy[o][j][i] : slope[j] · dy[o][j][i], and dSlope[j] ← the sum of x · dy over the negative x of channel j;
     * or what was there plus that.
     *
     * @shape x, dy, dx: outer × c × inner; slope, dSlope: c elements
     * @writes overwrites dx and dSlope, or accumulates into them
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 4128 elements; shared one per 4096 elements of x and channel of an image
     * @error dx correctly rounded, dSlope γ(134)·Σ|x · dy| for any size; and one rounding of the sum when accumulating; proved
     * @special where x is NaN, slope · dy, and dSlope has no part of it; at x = 0 the derivative is taken to be the slope; no elements: dSlope is 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of {@link #forward}
     *
     * @param workers the team that computes
     * @param outer number of images
     * @param c channels; 1 for one slope for all elements
     * @param inner elements of a channel of an image
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param slope the slopes for negative arguments
     * @param slopeOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulateX whether to add to dx
     * @param dSlope gradient with respect to the slopes
     * @param dSlopeOffset index of its first element
     * @param accumulateSlope whether to add to dSlope
     * @throws IllegalArgumentException if outer, c or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int outer, int c, int inner, float[] x, int xOffset, float[] slope,
            int slopeOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulateX, float[] dSlope,
            int dSlopeOffset, boolean accumulateSlope) {
        String op = "PRelu.backward";
        check(op, workers, outer, c, inner, x, xOffset, slope, slopeOffset);
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(outer, c, inner));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, c, inner));
        Checks.vector(op, "dSlope", dSlope, dSlopeOffset, c);
        workers.reusable(PReluJob.class, PReluJob::new).backward(workers, outer, c, inner, x, xOffset, slope,
                slopeOffset, dy, dyOffset, dx, dxOffset, accumulateX, dSlope, dSlopeOffset, accumulateSlope);
    }

    private static void check(String op, Workers workers, int outer, int c, int inner, float[] x, int xOffset,
            float[] slope, int slopeOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "c", c);
        Checks.size(op, "inner", inner);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, c, inner));
        Checks.vector(op, "slope", slope, slopeOffset, c);
    }
}
