package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/** Elements over the root of the mean of their squares, scaled; and the gradients. */
public final class RmsNormReference {

    // 128 additions of a running sum, 5 of the tree and the rounding of the square.
    private static final int SUM = 134;
    // Half of that for the root; the roundings of root and of two products.
    private static final int RESULT = SUM / 2 + 5;

    private RmsNormReference() {}

    /**
     * 1 / √(mean of squares + epsilon).
     *
     * @param epsilon added to the mean
     * @param x the elements
     * @return the factor
     */
    public static double inverse(double epsilon, double... x) {
        return 1 / Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / x.length + epsilon);
    }

    /**
     * gamma · x · inverse.
     *
     * @param epsilon added to the mean of squares
     * @param x the elements
     * @param gamma the factor of each
     * @return the results
     */
    public static double[] value(double epsilon, double[] x, double[] gamma) {
        double inverse = inverse(epsilon, x);
        double[] y = new double[x.length];
        for (int j = 0; j < y.length; j++) {
            y[j] = x[j] * inverse * gamma[j];
        }
        return y;
    }

    /**
     * The bound of a result of {@link #value}.
     *
     * @param y the result
     * @return the absolute error that is permitted
     */
    public static double bound(double y) {
        return Bounds.gamma(RESULT) * Math.abs(y) + 4 * Bounds.UNDERFLOW;
    }

    /**
     * The gradient with respect to x: (g − z · mean(g · z)) · inverse, where z = x · inverse.
     *
     * @param epsilon added to the mean of squares
     * @param x the elements
     * @param g dy · gamma
     * @return dx
     */
    public static double[] gradient(double epsilon, double[] x, double[] g) {
        double inverse = inverse(epsilon, x);
        double mean = 0;
        for (int j = 0; j < x.length; j++) {
            mean += g[j] * x[j] * inverse / x.length;
        }
        double[] dx = new double[x.length];
        for (int j = 0; j < dx.length; j++) {
            dx[j] = (g[j] - x[j] * inverse * mean) * inverse;
        }
        return dx;
    }

    /**
     * The bound of {@link #gradient}: the sum of products errs in proportion to its magnitudes, everything else to the terms.
     *
     * @param epsilon added to the mean of squares
     * @param x the elements
     * @param g dy · gamma
     * @return the absolute error that is permitted, for each element
     */
    public static double[] gradientBound(double epsilon, double[] x, double[] g) {
        double inverse = inverse(epsilon, x);
        double magnitude = 0;
        for (int j = 0; j < x.length; j++) {
            magnitude += Math.abs(g[j] * x[j]) * inverse / x.length;
        }
        double[] bound = new double[x.length];
        for (int j = 0; j < bound.length; j++) {
            bound[j] = Bounds.gamma(RESULT + 4) * Math.abs(g[j]) * inverse
                    + Bounds.gamma(SUM + 3 * RESULT + 6) * Math.abs(x[j]) * inverse * magnitude * inverse
                    + 8 * Bounds.UNDERFLOW * (1 + inverse);
        }
        return bound;
    }
}
