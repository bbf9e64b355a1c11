package lanewise.kernels.activation;

import lanewise.kernels.Workers;

/** The exponential linear unit. */
public final class Elu {

    private Elu() {}

    /**
     * y[i] ← x[i] &gt; 0 ? x[i] : alpha · (exp(x[i]) − 1).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error exact for positive x; else at most γ(4)·|y|, from the measured 1.25 ULP of exp(x) − 1, and one rounding
     * @special NaN gives NaN; −∞ gives −alpha; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Elu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha what the function falls to, with the opposite sign
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative or alpha is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("Elu.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requireFinite("Elu.forward", alpha);
        ExponentialUnit.forward(workers, n, 1, alpha, 1, x, xOffset, y, yOffset);
    }

    /**
     * dx[i] ← x[i] &gt; 0 ? dy[i] : dy[i] · alpha · exp(x[i]), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error exact for positive x; else at most γ(4)·|dx|, from the measured 0.9 ULP of exp, and two roundings; one rounding of the sum when accumulating
     * @special where x is NaN, NaN; at x = 0 the derivative is taken to be alpha; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Elu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha what the function falls to, with the opposite sign
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative or alpha is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        Arguments.backward("Elu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requireFinite("Elu.backward", alpha);
        ExponentialUnit.backward(workers, n, 1, alpha, 1, x, xOffset, dy, dyOffset, dx, dxOffset, accumulate);
    }
}
