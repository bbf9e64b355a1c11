package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = log(1 + eˣ), and its gradient in terms of x. */
public final class SoftplusReference {

    private SoftplusReference() {}

    /**
     * log(1 + eˣ).
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * The bound of {@link #value}: 2.1 units in the last place of log(1 + exp(−|x|)), as measured, and one rounding.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return 2.1 * Bounds.ulp(Math.log1p(Math.exp(-Math.abs(x)))) + Bounds.UNIT_ROUNDOFF * value(x);
    }

    /**
     * The gradient dx = dy / (1 + e⁻ˣ).
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        return dy * SigmoidReference.value(x);
    }

    /**
     * The bound of dx: the sigmoid's error and one rounding; and one rounding of the sum.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double x, double dy, double dx) {
        double term = backward(x, dy);
        return Bounds.accumulated(
                Math.abs(dy) * SigmoidReference.bound(x) + Bounds.UNIT_ROUNDOFF * Math.abs(term) + 2 * Bounds.UNDERFLOW,
                term, dx);
    }
}
