package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x, or alpha · (e^(x / alpha) − 1) where x is not positive, and its gradient in terms of x. */
public final class CeluReference {

    private CeluReference() {}

    /**
     * The function.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the exact result
     */
    public static double value(double alpha, double x) {
        return x > 0 ? x : alpha * Math.expm1(x / alpha);
    }

    /**
     * The bound of {@link #value} in float32, as the kernel documents it.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double alpha, double x) {
        return x > 0
                ? 0
                : (Bounds.gamma(4) + Bounds.gamma(2) * magnitude(alpha, x)) * Math.abs(value(alpha, x))
                        + 4 * Bounds.UNDERFLOW * (1 + alpha);
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
        return x > 0 ? dy : dy * Math.exp(x / alpha);
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
        double term = backward(alpha, x, dy);
        return Bounds.accumulated(x > 0
                ? 0
                : (Bounds.gamma(2 + ElementaryErrors.EXP_ROUNDINGS) + Bounds.gamma(2) * magnitude(alpha, x))
                        * Math.abs(term)
                        + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy)),
                term, dx);
    }

    /** Beyond -104 exp is 0 as a float. */
    private static double magnitude(double alpha, double x) {
        return Math.min(Math.abs(x) / alpha, 110);
    }
}
