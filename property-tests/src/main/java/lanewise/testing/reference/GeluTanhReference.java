package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³))), and its gradient in terms of x. */
public final class GeluTanhReference {

    private GeluTanhReference() {}

    /**
     * The function.
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return x * sigmoid(argument(x));
    }

    /**
     * The bound of {@link #value} in float32, as the kernel documents it.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        double v = argument(x);
        return (Bounds.gamma(6) + Bounds.gamma(6) * held(sigmoid(-v) * Math.abs(v))) * Math.abs(value(x))
                + 4 * Bounds.UNDERFLOW * (1 + Math.abs(x));
    }

    /**
     * The gradient dx.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        double s = sigmoid(argument(x));
        double rest = s * sigmoid(-argument(x));
        return dy * (s + (rest == 0 ? 0 * x : x * rest * slope(x)));
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
        double v = argument(x);
        double s = sigmoid(v);
        double rest = s * sigmoid(-v);
        double change = rest == 0 ? 0 : rest * Math.abs(v) + Math.abs(x) * rest * slope(x) * (1 + Math.abs(v));
        double term = backward(x, dy);
        // Far out 1 - s is 0 as a float, or s is.
        double lost = rest == 0 || Math.abs(x) > 30 ? 0 : Math.abs(x) * slope(x) * Bounds.UNIT_ROUNDOFF * s;
        // Far below 0 the sigmoid is subnormal, and what it is multiplied by is large.
        double factors = (1 + Math.abs(x) * slope(Math.min(Math.abs(x), 30))) * (1 + Math.abs(dy));
        return Bounds.accumulated(
                (Bounds.gamma(12) * (s + change) + lost) * Math.abs(dy) + 8 * Bounds.UNDERFLOW * factors, term, dx);
    }

    private static double argument(double x) {
        return Math.sqrt(8 / Math.PI) * (x + 0.044715 * x * x * x);
    }

    private static double slope(double x) {
        return Math.sqrt(8 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    }

    private static double sigmoid(double v) {
        return v < 0 ? Math.exp(v) / (1 + Math.exp(v)) : 1 / (1 + Math.exp(-v));
    }

    /** NaN, where infinity meets 0, is 0: the function is a line or 0 there. */
    private static double held(double change) {
        return Double.isNaN(change) ? 0 : change;
    }
}
