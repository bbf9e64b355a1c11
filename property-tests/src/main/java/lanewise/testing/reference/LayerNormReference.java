package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/**
 * Elements less their mean, over their standard deviation, scaled and shifted; and the gradients. The bounds follow the kernels:
 * sums of blocks whose terms go through at most {@value #SUM} roundings, differences to a number within about a deviation
 * of the mean (or, where a rounded mean is farther away, to that), statistics in double precision.
 */
public final class LayerNormReference {

    // 128 additions of a running sum and 5 of the tree; one more for a product or a difference.
    private static final int SUM = 134;

    private LayerNormReference() {}

    /**
     * (x − mean) / √(variance + epsilon).
     *
     * @param epsilon added to the variance
     * @param x the elements
     * @return the normalized elements
     */
    public static double[] normalized(double epsilon, double... x) {
        double mean = mean(x);
        double inverse = 1 / Math.sqrt(variance(x) + epsilon);
        return Arrays.stream(x).map(v -> (v - mean) * inverse).toArray();
    }

    /**
     * gamma · normalized + beta.
     *
     * @param epsilon added to the variance
     * @param x the elements
     * @param gamma the factor of each
     * @param beta what is added to each
     * @return the results
     */
    public static double[] value(double epsilon, double[] x, double[] gamma, double[] beta) {
        double[] y = normalized(epsilon, x);
        for (int j = 0; j < y.length; j++) {
            y[j] = y[j] * gamma[j] + beta[j];
        }
        return y;
    }

    /**
     * The bound of {@link #value}.
     *
     * @param epsilon added to the variance
     * @param x the elements
     * @param gamma the factor of each
     * @param beta what is added to each
     * @return the absolute error that is permitted, for each element
     */
    public static double[] bound(double epsilon, double[] x, double[] gamma, double[] beta) {
        double[] z = normalized(epsilon, x);
        double[] bound = normalizedBound(epsilon, x);
        for (int j = 0; j < bound.length; j++) {
            bound[j] = (gamma[j] == 0 ? 0 : bound[j] * Math.abs(gamma[j]) * (1 + Bounds.gamma(2)))
                    + Bounds.gamma(2) * (Math.abs(z[j] * gamma[j]) + Math.abs(beta[j])) + 4 * Bounds.UNDERFLOW;
        }
        return bound;
    }

    /**
     * The gradient with respect to x: (g − mean(g) − z · mean(g · z)) / √(variance + epsilon), where z are the normalized elements.
     *
     * @param epsilon added to the variance
     * @param x the elements
     * @param g dy · gamma
     * @return dx
     */
    public static double[] gradient(double epsilon, double[] x, double[] g) {
        double[] z = normalized(epsilon, x);
        double meanG = mean(g);
        double meanGz = mean(products(g, z));
        double inverse = 1 / Math.sqrt(variance(x) + epsilon);
        double[] dx = new double[x.length];
        for (int j = 0; j < dx.length; j++) {
            dx[j] = (g[j] - meanG - z[j] * meanGz) * inverse;
        }
        return dx;
    }

    /**
     * The bound of {@link #gradient}.
     *
     * @param epsilon added to the variance
     * @param x the elements
     * @param g dy · gamma
     * @return the absolute error that is permitted, for each element
     */
    public static double[] gradientBound(double epsilon, double[] x, double[] g) {
        double[] z = normalized(epsilon, x);
        double[] ez = normalizedBound(epsilon, x);
        double inverse = 1 / Math.sqrt(variance(x) + epsilon);
        double r = inverseBound(epsilon, x);
        if (r == Double.POSITIVE_INFINITY) {
            return nothing(x.length);
        }
        double meanG = mean(g);
        double meanGz = mean(products(g, z));
        double absoluteG = Arrays.stream(g).map(Math::abs).sum() / g.length;
        double eMeanG = Bounds.gamma(SUM + 2) * absoluteG;
        double eMeanGz = 0;
        for (int j = 0; j < g.length; j++) {
            eMeanGz += Math.abs(g[j]) * (ez[j] + Bounds.gamma(SUM + 3) * (Math.abs(z[j]) + ez[j]));
        }
        eMeanGz /= g.length;
        double[] bound = new double[x.length];
        for (int j = 0; j < bound.length; j++) {
            double terms = Math.abs(g[j]) + Math.abs(meanG) + Math.abs(z[j] * meanGz);
            double error = eMeanG + Math.abs(z[j]) * eMeanGz + ez[j] * (Math.abs(meanGz) + eMeanGz)
                    + Bounds.gamma(6) * (terms + eMeanG + Math.abs(z[j]) * eMeanGz);
            bound[j] = inverse * (error * (1 + r) + (terms + error) * (r + Bounds.gamma(3))) + 8 * Bounds.UNDERFLOW;
        }
        return bound;
    }

    /**
     * The bound of Σ dy · z over some elements: the gradient with respect to gamma.
     *
     * @param roundings how many a term goes through
     * @param dy gradients
     * @param z the normalized elements that they belong to
     * @param ez bounds of these
     * @return the absolute error that is permitted
     */
    public static double gammaBound(int roundings, double[] dy, double[] z, double[] ez) {
        double bound = Bounds.UNDERFLOW;
        for (int j = 0; j < dy.length; j++) {
            bound += dy[j] == 0
                    ? 0
                    : Math.abs(dy[j]) * (ez[j] + Bounds.gamma(roundings) * (Math.abs(z[j]) + ez[j])) + Bounds.UNDERFLOW;
        }
        return bound;
    }

    /**
     * The bound of {@link #normalized}.
     *
     * @param epsilon added to the variance
     * @param x the elements
     * @return the absolute error that is permitted, for each element
     */
    public static double[] normalizedBound(double epsilon, double... x) {
        double mean = mean(x);
        double inverse = 1 / Math.sqrt(variance(x) + epsilon);
        double r = inverseBound(epsilon, x);
        if (r == Double.POSITIVE_INFINITY) {
            return nothing(x.length);
        }
        double spread = spread(x);
        double rest = Bounds.UNIT_ROUNDOFF * Math.abs(mean) + Bounds.gamma(SUM + 2) * spread;
        double[] bound = new double[x.length];
        for (int j = 0; j < bound.length; j++) {
            double distance = Math.abs(x[j] - mean);
            bound[j] = distance * inverse * r + inverse * (1 + r)
                    * (Bounds.gamma(5) * (distance + 2 * rest) + Bounds.gamma(SUM + 2) * spread) + 4 * Bounds.UNDERFLOW;
        }
        return bound;
    }

    /**
     * The mean.
     *
     * @param x the elements
     * @return their sum divided by their number
     */
    public static double mean(double... x) {
        return Arrays.stream(x).sum() / x.length;
    }

    /**
     * The mean of the squared distances to the mean.
     *
     * @param x the elements
     * @return their variance
     */
    public static double variance(double... x) {
        double mean = mean(x);
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length;
    }

    /**
     * The bound of the variance as the kernels compute it: the mean of squared distances to some number, less the square of
     * what that is away from the mean.
     *
     * @param x the elements
     * @return the absolute error that is permitted
     */
    public static double varianceBound(double... x) {
        return Bounds.gamma(3 * SUM + 10) * spread(x) * spread(x) + 4 * Bounds.UNDERFLOW;
    }

    /** The root of the mean of the squared distances to what the kernels take differences to. */
    private static double spread(double... x) {
        double largest = Arrays.stream(x).map(Math::abs).max().orElse(0);
        double meanOfMagnitudes = Arrays.stream(x).map(Math::abs).sum() / x.length;
        // The second pass takes them to the mean of the first, which took them to the mean of a few elements.
        double secondPass = Bounds.gamma(SUM + 2) * (meanOfMagnitudes + largest);
        return Math.hypot(Math.sqrt(variance(x)), Math.max(1.01 * Math.sqrt(variance(x)), secondPass));
    }

    /** The relative error of 1 / √(variance + epsilon). */
    private static double inverseBound(double epsilon, double... x) {
        double relative = varianceBound(x) / (variance(x) + epsilon);
        return relative < 1 ? 1 / Math.sqrt(1 - relative) - 1 + Bounds.UNIT_ROUNDOFF : Double.POSITIVE_INFINITY;
    }

    /** Where the mean is so much larger than the deviation that nothing is promised but a number. */
    private static double[] nothing(int n) {
        double[] bound = new double[n];
        Arrays.fill(bound, Double.POSITIVE_INFINITY);
        return bound;
    }

    private static double[] products(double[] a, double[] b) {
        double[] products = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            products[j] = a[j] * b[j];
        }
        return products;
    }
}
