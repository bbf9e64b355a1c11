package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = tanh(x), and its gradient in terms of y. */
public final class TanhReference {

    private TanhReference() {}

    /**
     * tanh(x).
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return Math.tanh(x);
    }

    /**
     * The bound of {@link #value}: 1.6 units in the last place, as measured.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return 1.6 * Bounds.ulp(value(x));
    }

    /**
     * The gradient dx = dy · (1 − y²).
     *
     * @param y the unit's result
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double y, double dy) {
        return dy * (1 - y) * (1 + y);
    }

    /**
     * The bound of dx: four roundings; and one rounding of the sum.
     *
     * @param y the unit's result
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double y, double dy, double dx) {
        double term = backward(y, dy);
        return Bounds.accumulated(Bounds.gamma(4) * Math.abs(term) + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy)), term,
                dx);
    }
}
