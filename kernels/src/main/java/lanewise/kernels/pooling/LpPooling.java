package lanewise.kernels.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The p-norm of each window; p = 2 is the fast case. */
public final class LpPooling {

    private LpPooling() {}

    /**
     * y[o] ← (Σ |x|ᵖ over window o)^(1/p).
     *
     * @shape x: [n, c, d, h, w]; y: [n, c, outD, outH, outW]
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace p = 2: per worker max(1024, r) elements, where r is a row of x with its padding; else none
     * @error p = 2: γ(k / 2 + 2)·y for a window of k elements, while no square over- or underflows; proved. Else 2
     *        roundings: computed in double precision
     * @special NaN in a window gives NaN, else an infinity gives +∞; p = 2: squares beyond the range of float give +∞ and
     *          below it 0; a window without elements gives 0; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX LpPool-18; PyTorch LPPool1d to 3d for positive x
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param p the power, at least 1 and finite
     * @param x the images
     * @param xOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if p is less than 1 or not finite, the shapes do not fit an array, or the kernel is
     *             longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, PoolingGeometry geometry, float p, float[] x, int xOffset, float[] y,
            int yOffset) {
        String op = "LpPooling.forward";
        PlaneJob.requireArguments(op, workers, geometry);
        requirePower(op, p);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        if (p == 2) {
            workers.reusable(SumRows.class, SumRows::new).norms(workers, geometry, x, xOffset, y, yOffset);
        } else {
            workers.reusable(PowerSums.class, PowerSums::new).forward(workers, geometry, p, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx[i] ← sign(x[i]) · Σ dy[o] · (|x[i]| / y[o])^(p − 1) over the windows o that cover i, or dx[i] plus that, where y is
     * the result of {@link #forward}.
     *
     * @shape x, dx: [n, c, d, h, w]; y, dy: [n, c, outD, outH, outW]
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace p = 2: per worker m rows of x and m rows of y with their padding, where m is the number of windows over an
     *            element along depth and height, or as many as fit into 512 elements, and a row; else
     *            none
     * @error p = 2: γ(m + 1)·|x|·Σ|dy/y| for an element that m windows cover, plus one rounding when accumulating,
     *        while nothing over- or underflows; proved. Else computed in double precision and rounded once, plus one
     *        rounding when accumulating
     * @special windows with y = 0 give nothing; NaN in x, in a window's y or its dy gives NaN (p = 1: in x or dy); n = 0
     *          or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX LpPool-18
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param p the power, at least 1 and finite
     * @param x the images
     * @param xOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if p is less than 1 or not finite, the shapes do not fit an array, or the kernel is
     *             longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, PoolingGeometry geometry, float p, float[] x, int xOffset, float[] y,
            int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "LpPooling.backward";
        PlaneJob.requireArguments(op, workers, geometry);
        requirePower(op, p);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "dx", dx, dxOffset, geometry.imageLength());
        if (p == 2) {
            workers.reusable(RowSpreading.class, RowSpreading::new).norms(workers, geometry, x, xOffset, y, yOffset, dy,
                    dyOffset, dx, dxOffset, accumulate);
        } else {
            workers.reusable(PowerSums.class, PowerSums::new).backward(workers, geometry, p, x, xOffset, y, yOffset, dy,
                    dyOffset, dx, dxOffset, accumulate);
        }
    }

    private static void requirePower(String op, float p) {
        if (!(p >= 1 && p < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(op + ": p = " + p + ", need a finite p >= 1");
        }
    }
}
