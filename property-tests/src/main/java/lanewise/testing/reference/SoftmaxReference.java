package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/** Softmax of a row and its gradient. */
public final class SoftmaxReference {

    // For a term, its sum, and the product, whatever the length: see the kernel's documentation.
    private static final int ROUNDINGS = 350;

    private SoftmaxReference() {}

    /**
     * exp(x − max) / Σ exp(x − max).
     *
     * @param x the row
     * @return a row that adds up to 1
     */
    public static double[] value(double... x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double sum = Arrays.stream(x).map(v -> Math.exp(v - max)).sum();
        return Arrays.stream(x).map(v -> Math.exp(v - max) / sum).toArray();
    }

    /**
     * The bound of {@link #value}.
     *
     * @param x the row
     * @return the absolute error that is permitted, for each element
     */
    public static double[] bound(double... x) {
        return Arrays.stream(value(x)).map(y -> Bounds.gamma(ROUNDINGS) * y + 4 * Bounds.UNDERFLOW).toArray();
    }

    /**
     * y · (dy − Σ dy·y).
     *
     * @param y result of the forward pass
     * @param dy gradient with respect to it
     * @return gradient with respect to the arguments
     */
    public static double[] gradient(double[] y, double[] dy) {
        double mean = 0;
        for (int j = 0; j < y.length; j++) {
            mean += y[j] * dy[j];
        }
        double[] dx = new double[y.length];
        for (int j = 0; j < y.length; j++) {
            dx[j] = y[j] * (dy[j] - mean);
        }
        return dx;
    }

    /**
     * The bound of {@link #gradient}.
     *
     * @param y result of the forward pass
     * @param dy gradient with respect to it
     * @return the absolute error that is permitted, for each element
     */
    public static double[] gradientBound(double[] y, double[] dy) {
        double sum = 0;
        for (int j = 0; j < y.length; j++) {
            sum += Math.abs(y[j] * dy[j]) + Bounds.UNDERFLOW;
        }
        double[] bound = new double[y.length];
        for (int j = 0; j < y.length; j++) {
            bound[j] = Math.abs(y[j]) * (Bounds.gamma(3) * Math.abs(dy[j]) + Bounds.gamma(137) * sum)
                    + 4 * Bounds.UNDERFLOW;
        }
        return bound;
    }
}
