package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/** The elastic net's penalty, its gradient, and the bounds of both in float32. */
public final class ElasticNetReference {

    private ElasticNetReference() {}

    /**
     * The penalty.
     *
     * @param l1 factor of the magnitudes
     * @param l2 twice the factor of the squares
     * @param w the weights
     * @return the exact sum
     */
    public static double value(double l1, double l2, double... w) {
        return Arrays.stream(w).map(v -> l1 * Math.abs(v) + l2 / 2 * v * v).sum();
    }

    /**
     * The bound of {@link #value}.
     *
     * @param l1 factor of the magnitudes
     * @param l2 twice the factor of the squares
     * @param w the weights
     * @return the absolute error that is permitted
     */
    public static double bound(double l1, double l2, double... w) {
        return Bounds.gamma(140) * value(l1, l2, w) + w.length * (2 + l2) * Bounds.UNDERFLOW;
    }

    /**
     * The gradient of one weight.
     *
     * @param l1 factor of the magnitudes
     * @param l2 twice the factor of the squares
     * @param w the weight
     * @return the exact gradient
     */
    public static double gradient(double l1, double l2, double w) {
        return l1 * Math.signum(w) + l2 * w;
    }

    /**
     * The bound of {@link #gradient}, and one rounding of the sum.
     *
     * @param l1 factor of the magnitudes
     * @param l2 twice the factor of the squares
     * @param w the weight
     * @param old what it is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double gradientBound(double l1, double l2, double w, double old) {
        return Bounds.accumulated(Bounds.gamma(2) * (l1 + l2 * Math.abs(w)) + Bounds.UNDERFLOW, gradient(l1, l2, w),
                old);
    }
}
