package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x · tanh(log(1 + eˣ)), and its gradient in terms of x. */
public final class MishReference {

    private MishReference() {}

    /**
     * The function.
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return x * tanh(x);
    }

    /**
     * The bound of {@link #value} in float32, as the kernel documents it.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return Bounds.gamma(14) * Math.abs(value(x)) + 4 * Bounds.UNDERFLOW * (1 + Math.abs(x));
    }

    /**
     * The gradient dx.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        double slope = slope(x);
        return dy * (tanh(x) + (slope == 0 ? 0 * x : x * slope));
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
        double slope = slope(x);
        double term = backward(x, dy);
        return Bounds.accumulated(
                Bounds.gamma(20) * (tanh(x) + (slope == 0 ? 0 : Math.abs(x) * slope)) * Math.abs(dy)
                        + 8 * Bounds.UNDERFLOW * (1 + Math.abs(x)) * (1 + Math.abs(dy)),
                term, dx);
    }

    /** tanh(log(1 + eˣ)) as ((1 + eˣ)² − 1) / ((1 + eˣ)² + 1), in terms of what does not overflow. */
    private static double tanh(double x) {
        double e = Math.exp(-Math.abs(x));
        return x < 0 ? (e * e + 2 * e) / (e * e + 2 * e + 2) : (1 + 2 * e) / (1 + 2 * e + 2 * e * e);
    }

    /** Its derivative, (1 − tanh²) · eˣ / (1 + eˣ). */
    private static double slope(double x) {
        double e = Math.exp(-Math.abs(x));
        double denominator = x < 0 ? e * e + 2 * e + 2 : 1 + 2 * e + 2 * e * e;
        return 4 * (x < 0 ? e : e * e) * (1 + e) / (denominator * denominator);
    }
}
