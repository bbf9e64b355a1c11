package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x, or 0 where x is at most alpha, and its gradient in terms of x. */
public final class ThresholdedReluReference {

    private ThresholdedReluReference() {}

    /**
     * The function.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the exact result
     */
    public static double value(double alpha, double x) {
        return x <= alpha ? 0 : x;
    }

    /**
     * The bound of {@link #value} in float32, as the kernel documents it.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double alpha, double x) {
        return 0;
    }

    /**
     * The gradient dx.
     *
     * @param alpha the parameter
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double alpha, double x, double dy) {
        return x <= alpha ? 0 : dy;
    }

    /**
     * The bound of dx, as the kernel documents it, and one rounding of the sum.
     *
     * @param alpha the parameter
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double alpha, double x, double dy, double dx) {
        return Bounds.accumulated(0, backward(alpha, x, dy), dx);
    }
}
