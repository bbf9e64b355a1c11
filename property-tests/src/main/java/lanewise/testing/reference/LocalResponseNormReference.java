package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Elements of one place in all channels by the squares of their neighbours; and the gradients. */
public final class LocalResponseNormReference {

    private LocalResponseNormReference() {}

    /**
     * k + alpha / size · Σ x² over the window of each channel.
     *
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param k what is added
     * @param x the elements of one place
     * @return what is raised to −beta
     */
    public static double[] scales(int size, double alpha, double k, double... x) {
        double[] scales = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            double sum = 0;
            for (int other = Math.max(0, c - (size - 1) / 2); other <= Math.min(x.length - 1, c + size / 2); other++) {
                sum += x[other] * x[other];
            }
            scales[c] = k + alpha / size * sum;
        }
        return scales;
    }

    /**
     * x · scale<sup>−beta</sup>.
     *
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param k what is added
     * @param x the elements of one place
     * @return the results
     */
    public static double[] value(int size, double alpha, double beta, double k, double... x) {
        double[] y = scales(size, alpha, k, x);
        for (int c = 0; c < x.length; c++) {
            y[c] = x[c] * Math.pow(y[c], -beta);
        }
        return y;
    }

    /**
     * The relative error of a result in float32: of the scale, which beta multiplies, of its logarithm and of exp.
     *
     * @param size channels of a window
     * @param beta the exponent
     * @param scale what is raised to −beta
     * @return the bound
     */
    public static double relative(int size, double beta, double scale) {
        return Bounds.gamma(8 + (long) Math.ceil(beta * (size + 3)))
                + Bounds.gamma(3) * beta * Math.abs(Math.log(scale));
    }

    /**
     * The gradient with respect to x.
     *
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param k what is added
     * @param x the elements of one place
     * @param dy gradient with respect to the results
     * @return dx
     */
    public static double[] gradient(int size, double alpha, double beta, double k, double[] x, double[] dy) {
        return gradient(size, alpha, beta, k, x, dy, false);
    }

    /**
     * The bound of {@link #gradient}: each term errs in proportion to its magnitude.
     *
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param k what is added
     * @param x the elements of one place
     * @param dy gradient with respect to the results
     * @return the absolute error that is permitted, for each element
     */
    public static double[] gradientBound(int size, double alpha, double beta, double k, double[] x, double[] dy) {
        double[] bound = gradient(size, alpha, beta, k, x, dy, true);
        double[] scales = scales(size, alpha, k, x);
        double relative = 0;
        for (double scale : scales) {
            relative = Math.max(relative, relative(size, beta, scale));
        }
        for (int c = 0; c < bound.length; c++) {
            bound[c] = (relative + Bounds.gamma(2L * size + 10)) * bound[c] + (size + 8) * Bounds.UNDERFLOW;
        }
        return bound;
    }

    private static double[] gradient(int size, double alpha, double beta, double k, double[] x, double[] dy,
            boolean ofMagnitudes) {
        double[] scales = scales(size, alpha, k, x);
        double[] dx = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            double sum = 0;
            for (int other = Math.max(0, c - size / 2); other <= Math.min(x.length - 1, c + (size - 1) / 2); other++) {
                double share = dy[other] * x[other] * Math.pow(scales[other], -beta - 1);
                sum += ofMagnitudes ? Math.abs(share) : share;
            }
            double own = dy[c] * Math.pow(scales[c], -beta);
            double others = 2 * alpha * beta / size * x[c] * sum;
            dx[c] = ofMagnitudes ? Math.abs(own) + Math.abs(others) : own - others;
        }
        return dx;
    }
}
