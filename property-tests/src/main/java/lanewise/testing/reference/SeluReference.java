package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = 1.0507 · (x, or 1.6733 · (eˣ − 1) where x is not positive), and its gradient in terms of x. */
public final class SeluReference {

    private static final double SCALE = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    private SeluReference() {}

    /**
     * The function.
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return x > 0 ? SCALE * x : SCALE * ALPHA * Math.expm1(x);
    }

    /**
     * The bound of {@link #value} in float32, as the kernel documents it.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        // Of subnormal numbers expm1 is within 1.25 ULP, or 2.5 units of underflow, which the scale makes 4.4; and the product is rounded.
        return Bounds.gamma(5) * Math.abs(value(x)) + 6 * Bounds.UNDERFLOW;
    }

    /**
     * The gradient dx.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        return dy * (x > 0 ? SCALE : SCALE * ALPHA * Math.exp(x));
    }

    /**
     * The bound of dx, as the kernel documents it, and one rounding of the sum.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double x, double dy, double dx) {
        double term = backward(x, dy);
        return Bounds.accumulated(
                Bounds.gamma(3 + ElementaryErrors.EXP_ROUNDINGS) * Math.abs(term)
                        + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy)),
                term,
                dx);
    }
}
