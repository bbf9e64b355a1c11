package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = 1 / (1 + e⁻ˣ), and its gradient in terms of y. */
public final class SigmoidReference {

    private SigmoidReference() {}

    /**
     * 1 / (1 + e⁻ˣ).
     *
     * @param x any number
     * @return between 0 and 1; NaN for NaN
     */
    public static double value(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /**
     * The bound of {@link #value}: what was measured, {@link ElementaryErrors#SIGMOID}.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return ElementaryErrors.SIGMOID * Bounds.ulp(value(x));
    }

    /**
     * The gradient dx = dy · y · (1 − y).
     *
     * @param y the sigmoid's result, from 0 to 1
     * @param dy gradient with respect to it
     * @return the gradient with respect to x
     */
    public static double backward(double y, double dy) {
        return dy * y * (1 - y);
    }

    /**
     * The bound of dx: three roundings of the product, in any order of its factors, and one of the sum.
     *
     * @param y the sigmoid's result, from 0 to 1
     * @param dy gradient with respect to it
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double y, double dy, double dx) {
        double term = backward(y, dy);
        return Bounds.accumulated(Bounds.gamma(3) * Math.abs(term) + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy)), term,
                dx);
    }
}
