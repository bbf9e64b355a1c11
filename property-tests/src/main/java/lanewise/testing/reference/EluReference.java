package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x, or alpha · (eˣ − 1) where x is not positive; and its gradient in terms of x. */
public final class EluReference {

    private EluReference() {}

    /**
     * x, or alpha · (eˣ − 1) where x is not positive.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the exact result
     */
    public static double value(double alpha, double x) {
        return x > 0 ? x : alpha * Math.expm1(x);
    }

    /**
     * The bound of {@link #value}: 1.25 units in the last place of eˣ − 1, as measured, and one rounding; none for positive x.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double alpha, double x) {
        return x > 0
                ? 0
                : Math.abs(alpha) * 1.25 * Bounds.ulp(Math.expm1(x)) + Bounds.UNIT_ROUNDOFF * Math.abs(value(alpha, x))
                        + Bounds.UNDERFLOW;
    }

    /**
     * The gradient dx = dy, or dy · alpha · eˣ where x is not positive.
     *
     * @param alpha the parameter
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double alpha, double x, double dy) {
        return x > 0 ? dy : dy * alpha * Math.exp(x);
    }

    /**
     * The bound of dx: that of eˣ, as measured, and two roundings; none for positive x; and one rounding of the sum.
     *
     * @param alpha the parameter
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double alpha, double x, double dy, double dx) {
        double term = backward(alpha, x, dy);
        return Bounds
                .accumulated(
                        x > 0
                                ? 0
                                : Math.abs(dy * alpha) * ElementaryErrors.EXP * Bounds.ulp(Math.exp(x))
                                        + Bounds.gamma(2) * Math.abs(term) + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy)),
                        term, dx);
    }
}
