package lanewise.kernels.activation;

import lanewise.kernels.Workers;

/** The scaled exponential linear unit, with the constants that keep mean 0 and variance 1. */
public final class Selu {

    /** The slope for positive arguments. */
    public static final float SCALE = 1.05070098f;

    /** Minus the limit for negative arguments, divided by {@link #SCALE}. */
    public static final float ALPHA = 1.67326324f;

    private static final float SCALE_ALPHA = (float) (1.0507009873554805 * 1.6732632423543772);

    private Selu() {}

    /**
     * y[i] ← SCALE · (x[i] &gt; 0 ? x[i] : ALPHA · (exp(x[i]) − 1)).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(5)·|y|, from the measured 1.25 ULP of exp(x) − 1, and roundings of constant and product
     * @special NaN gives NaN; −∞ gives −SCALE · ALPHA; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Klambauer et al. 2017; ONNX Selu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("Selu.forward", workers, n, x, xOffset, y, yOffset);
        ExponentialUnit.forward(workers, n, SCALE, SCALE_ALPHA, 1, x, xOffset, y, yOffset);
    }

    /**
     * dx[i] ← dy[i] · SCALE · (x[i] &gt; 0 ? 1 : ALPHA · exp(x[i])), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(5)·|dx|, from the measured 0.9 ULP of exp, and three roundings; one rounding of the sum when accumulating
     * @special where x is NaN, NaN; at x = 0 the derivative is taken to be SCALE · ALPHA; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Selu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        Arguments.backward("Selu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        ExponentialUnit.backward(workers, n, SCALE, SCALE_ALPHA, 1, x, xOffset, dy, dyOffset, dx, dxOffset, accumulate);
    }
}
