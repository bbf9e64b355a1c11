package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/** The logarithm of the sum of exponentials of a row and its gradient. */
public final class LogSumExpReference {

    private LogSumExpReference() {}

    /**
     * max + log Σ exp(x − max).
     *
     * @param x the row
     * @return the smooth maximum
     */
    public static double value(double... x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double shift = Double.isInfinite(max) ? 0 : max;
        return shift + Math.log(Arrays.stream(x).map(v -> Math.exp(v - shift)).sum());
    }

    /**
     * The bound of {@link #value}.
     *
     * @param x the row
     * @return the absolute error that is permitted
     */
    public static double bound(double... x) {
        return Bounds.UNIT_ROUNDOFF * Math.abs(value(x)) + Bounds.gamma(250);
    }

    /**
     * dy · exp(x − y).
     *
     * @param x the row
     * @param y result of the forward pass
     * @param dy gradient with respect to it
     * @return gradient with respect to the row
     */
    public static double[] gradient(double[] x, double y, double dy) {
        return Arrays.stream(x).map(v -> dy * Math.exp(v - y)).toArray();
    }

    /**
     * The bound of {@link #gradient}: exp multiplies the rounding of x − y by |x − y|.
     *
     * @param x the row
     * @param y result of the forward pass
     * @param dy gradient with respect to it
     * @return the absolute error that is permitted, for each element
     */
    public static double[] gradientBound(double[] x, double y, double dy) {
        return Arrays.stream(x).map(v -> {
            double exact = Math.abs(dy) * Math.exp(v - y);
            double relative = Math.expm1((Math.abs(v - y) + 4) * Bounds.UNIT_ROUNDOFF) * (1 + 0x1p-20);
            return (exact == 0 ? 0 : exact * relative) + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy));
        }).toArray();
    }
}
