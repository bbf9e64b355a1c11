package lanewise.kernels.activation;

import lanewise.kernels.Workers;

/** The exponential linear unit whose slope is continuous for every alpha. */
public final class Celu {

    private Celu() {}

    /**
     * y[i] ← x[i] &gt; 0 ? x[i] : alpha · (exp(x[i] / alpha) − 1).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error exact for positive x; else at most (γ(4) + γ(2)·|x / alpha|)·|y|, from the measured 1.25 ULP of exp(x) − 1 and two roundings of its argument
     * @special NaN gives NaN; −∞ gives −alpha; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Barron 2017; ONNX Celu-12
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha what the function falls to, with the opposite sign
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative or alpha is not a positive number
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("Celu.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requirePositive("Celu.forward", alpha);
        ExponentialUnit.forward(workers, n, 1, alpha, 1 / alpha, x, xOffset, y, yOffset);
    }

    /**
     * dx[i] ← x[i] &gt; 0 ? dy[i] : dy[i] · exp(x[i] / alpha), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error exact for positive x; else at most (γ(4) + γ(2)·|x / alpha|)·|dx|, from the measured 0.9 ULP of exp and two roundings of its argument; one rounding of the sum when accumulating
     * @special where x is NaN, NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Celu-12
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
     * @throws IllegalArgumentException if n is negative or alpha is not a positive number
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        Arguments.backward("Celu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requirePositive("Celu.backward", alpha);
        ExponentialUnit.backward(workers, n, 1, 1, 1 / alpha, x, xOffset, dy, dyOffset, dx, dxOffset, accumulate);
    }
}
