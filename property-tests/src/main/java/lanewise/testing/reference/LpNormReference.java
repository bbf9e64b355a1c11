package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/** A row divided by its norm, the gradient, and the bounds of both in float32. */
public final class LpNormReference {

    private LpNormReference() {}

    /**
     * The norm, or epsilon where that is more.
     *
     * @param p 1 or 2
     * @param epsilon the least
     * @param x the row
     * @return the exact norm
     */
    public static double norm(int p, double epsilon, double... x) {
        double norm = p == 1
                ? Arrays.stream(x).map(Math::abs).sum()
                : Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
        return Math.max(norm, epsilon);
    }

    /**
     * The row divided by its norm.
     *
     * @param p 1 or 2
     * @param epsilon the least norm
     * @param x the row
     * @return the exact results
     */
    public static double[] value(int p, double epsilon, double... x) {
        double norm = norm(p, epsilon, x);
        return Arrays.stream(x).map(v -> v / norm).toArray();
    }

    /**
     * The bounds of {@link #value}.
     *
     * @param p 1 or 2
     * @param epsilon the least norm
     * @param x the row
     * @return the absolute errors that are permitted
     */
    public static double[] bound(int p, double epsilon, double... x) {
        return Arrays.stream(value(p, epsilon, x)).map(y -> Bounds.gamma(140) * Math.abs(y) + 2 * Bounds.UNDERFLOW)
                .toArray();
    }

    /**
     * The gradient of the row.
     *
     * @param p 1 or 2
     * @param epsilon the least norm
     * @param x the row
     * @param dy gradient with respect to the results
     * @return the exact gradients
     */
    public static double[] gradient(int p, double epsilon, double[] x, double[] dy) {
        double norm = norm(p, epsilon, x);
        double along = 0;
        for (int i = 0; i < x.length; i++) {
            along += norm > epsilon ? x[i] * dy[i] : 0;
        }
        double[] dx = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            dx[i] = dy[i] / norm - direction(p, x[i]) * along / Math.pow(norm, p + 1);
        }
        return dx;
    }

    /**
     * The bounds of {@link #gradient}.
     *
     * @param p 1 or 2
     * @param epsilon the least norm
     * @param x the row
     * @param dy gradient with respect to the results
     * @return the absolute errors that are permitted
     */
    public static double[] gradientBound(int p, double epsilon, double[] x, double[] dy) {
        double norm = norm(p, epsilon, x);
        double along = 0;
        for (int i = 0; i < x.length; i++) {
            along += Math.abs(x[i] * dy[i]) + Bounds.UNDERFLOW;
        }
        double[] bound = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            bound[i] = Bounds.gamma(420) * (Math.abs(dy[i]) / norm
                    + Math.abs(direction(p, x[i])) * along / Math.pow(norm, p + 1))
                    + (3 + Math.abs(x[i]) + Math.abs(dy[i])) * Bounds.UNDERFLOW;
        }
        return bound;
    }

    private static double direction(int p, double x) {
        return p == 1 ? Math.signum(x) : x;
    }
}
