package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** The p-norm of each window, and its gradient. */
public final class LpPoolingReference {

    private LpPoolingReference() {}

    /**
     * The norm of a window.
     *
     * @param windows the windows
     * @param p the power, at least 1
     * @param x the plane
     * @param output which window
     * @return (Σ |x|ᵖ)^(1/p); 0 if the window is empty
     */
    public static double value(PoolingWindows windows, double p, double[] x, int output) {
        double sum = 0;
        for (int place : windows.places(output)) {
            sum += Math.pow(Math.abs(x[place]), p);
        }
        return p == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / p);
    }

    /**
     * The bound of {@link #value} while no square over- or underflows. For p = 2, k products and k − 1 additions of terms
     * of one sign, of which the root halves the relative error, and its own rounding; else one rounding, and one for the
     * error of the double precision.
     *
     * @param p the power
     * @param elements of the window
     * @param norm the exact norm
     * @return the absolute error that is permitted
     */
    public static double bound(double p, int elements, double norm) {
        return Bounds.gamma(p == 2 ? elements / 2 + 2 : 2) * norm + Bounds.UNDERFLOW;
    }

    /**
     * The gradient with respect to a plane.
     *
     * @param windows the windows
     * @param p the power
     * @param x the plane
     * @param y the norms
     * @param dy gradients with respect to them
     * @param magnitudes receives for each element the sum of the magnitudes of its terms
     * @return for each element sign(x) · Σ dy · (|x| / y)^(p − 1) over the windows that cover it and have y ≠ 0
     */
    public static double[] backward(PoolingWindows windows, double p, double[] x, double[] y, double[] dy,
            double[] magnitudes) {
        double[] dx = new double[windows.planeLength()];
        for (int o = 0; o < dy.length; o++) {
            if (y[o] != 0) {
                for (int place : windows.places(o)) {
                    double term = Math.signum(x[place]) * dy[o] * Math.pow(Math.abs(x[place]) / y[o], p - 1);
                    dx[place] += term;
                    magnitudes[place] += Math.abs(term);
                }
            }
        }
        return dx;
    }

    /**
     * The bound of an element of {@link #backward}: for p = 2 m quotients, m − 1 additions and a product, γ(m + 1) · Σ|term|;
     * else two roundings of the result, as for {@link #bound}; and one rounding when it is added to an old value.
     *
     * @param p the power
     * @param windows how many windows cover the element
     * @param gradient the exact gradient
     * @param magnitude Σ |term|
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double p, int windows, double gradient, double magnitude, double dx) {
        double bound = Bounds.gamma(p == 2 ? windows + 1 : 2) * magnitude + (windows + 1) * Bounds.UNDERFLOW;
        return Bounds.accumulated(bound, gradient, dx);
    }
}
