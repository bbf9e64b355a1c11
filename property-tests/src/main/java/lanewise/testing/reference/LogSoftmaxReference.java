package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/** The logarithm of softmax of a row and its gradient. */
public final class LogSoftmaxReference {

    private LogSoftmaxReference() {}

    /**
     * x − max − log Σ exp(x − max).
     *
     * @param x the row
     * @return the logarithms
     */
    public static double[] value(double... x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double log = Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
        return Arrays.stream(x).map(v -> v - max - log).toArray();
    }

    /**
     * The bound of {@link #value}.
     *
     * @param x the row
     * @return the absolute error that is permitted, for each element
     */
    public static double[] bound(double... x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double[] y = value(x);
        double[] bound = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            bound[j] = Double.isInfinite(x[j])
                    ? 0
                    : Bounds.gamma(2) * (Math.abs(x[j] - max) + Math.abs(y[j])) + Bounds.gamma(250);
        }
        return bound;
    }

    /**
     * dy − exp(y) · Σ dy.
     *
     * @param y result of the forward pass
     * @param dy gradient with respect to it
     * @return gradient with respect to the arguments
     */
    public static double[] gradient(double[] y, double[] dy) {
        double sum = Arrays.stream(dy).sum();
        double[] dx = new double[y.length];
        for (int j = 0; j < y.length; j++) {
            dx[j] = dy[j] - Math.exp(y[j]) * sum;
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
        double sum = Arrays.stream(dy).map(Math::abs).sum();
        double[] bound = new double[y.length];
        for (int j = 0; j < y.length; j++) {
            bound[j] = Bounds.gamma(2) * Math.abs(dy[j]) + Bounds.gamma(140) * Math.exp(y[j]) * sum
                    + 4 * Bounds.UNDERFLOW * (1 + sum);
        }
        return bound;
    }
}
