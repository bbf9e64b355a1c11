package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** The rectifier with a slope that is learned, and the bounds of its gradients in float32. */
public final class PReluReference {

    private PReluReference() {}

    /**
     * The function.
     *
     * @param slope for negative arguments
     * @param x the argument
     * @return the exact result
     */
    public static double value(double slope, double x) {
        return x < 0 ? slope * x : x;
    }

    /**
     * The gradient of the argument.
     *
     * @param slope for negative arguments
     * @param x the argument
     * @param dy gradient with respect to the result
     * @return the exact gradient
     */
    public static double gradient(double slope, double x, double dy) {
        return x > 0 ? dy : slope * dy;
    }

    /**
     * What one element adds to the gradient of the slope.
     *
     * @param x the argument
     * @param dy gradient with respect to the result
     * @return the exact term
     */
    public static double slopeTerm(double x, double dy) {
        return x < 0 ? x * dy : 0;
    }

    /**
     * The bound of a sum of {@link #slopeTerm}.
     *
     * @param n number of terms
     * @param magnitude the sum of their magnitudes
     * @return the absolute error that is permitted
     */
    public static double slopeBound(int n, double magnitude) {
        return Bounds.gamma(135) * magnitude + n * Bounds.UNDERFLOW;
    }
}
