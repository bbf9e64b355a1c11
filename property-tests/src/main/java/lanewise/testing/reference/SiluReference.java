package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x / (1 + e⁻ˣ), and its gradient in terms of x. */
public final class SiluReference {

    private SiluReference() {}

    /**
     * x / (1 + e⁻ˣ).
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return x / (1 + Math.exp(-x));
    }

    /**
     * The bound of {@link #value}: the sigmoid's, times x, and one rounding.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return ElementaryErrors.SIGMOID * Bounds.ulp(SigmoidReference.value(x)) * Math.abs(x)
                + Bounds.UNIT_ROUNDOFF * Math.abs(value(x))
                + Bounds.UNDERFLOW;
    }

    /**
     * The gradient dx = dy · s · (1 + x · (1 − s)), s = 1 / (1 + e⁻ˣ).
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        return dy * SigmoidReference.value(x) * (1 + x * (1 - SigmoidReference.value(x)));
    }

    /**
     * The bound of dx: the sigmoid's error, five roundings, and the sigmoid's underflow; and one rounding of the sum.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double x, double dy, double dx) {
        double term = backward(x, dy);
        return Bounds.accumulated(
                Math.abs(dy) * (1 + Math.abs(x)) * (Bounds.gamma(12) * SigmoidReference.value(x) + 2 * Float.MIN_VALUE)
                        + 8 * Bounds.UNDERFLOW,
                term, dx);
    }
}
