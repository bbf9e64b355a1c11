package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** The mean of each window, and its gradient. */
public final class AveragePoolingReference {

    private AveragePoolingReference() {}

    /**
     * The mean of a window.
     *
     * @param windows the windows
     * @param includePad whether padding counts as elements that are 0
     * @param x the plane
     * @param output which window
     * @return its mean; 0 if it is empty
     */
    public static double value(PoolingWindows windows, boolean includePad, double[] x, int output) {
        double sum = 0;
        for (int place : windows.places(output)) {
            sum += x[place];
        }
        return sum / windows.divisor(output, includePad);
    }

    /**
     * The bound of {@link #value}: k − 1 additions and a division, γ(k) · Σ|x| / count.
     *
     * @param windows the windows
     * @param includePad whether padding counts
     * @param x the plane
     * @param output which window
     * @return the absolute error that is permitted
     */
    public static double bound(PoolingWindows windows, boolean includePad, double[] x, int output) {
        double sum = 0;
        for (int place : windows.places(output)) {
            sum += Math.abs(x[place]);
        }
        return Bounds.gamma(windows.places(output).length) * sum / windows.divisor(output, includePad)
                + Bounds.UNDERFLOW;
    }

    /**
     * The gradient with respect to a plane.
     *
     * @param windows the windows
     * @param includePad whether padding counts
     * @param dy gradients with respect to the means
     * @return for each element Σ dy / count over the windows that cover it
     */
    public static double[] backward(PoolingWindows windows, boolean includePad, double[] dy) {
        double[] dx = new double[windows.planeLength()];
        for (int o = 0; o < dy.length; o++) {
            for (int place : windows.places(o)) {
                dx[place] += dy[o] / windows.divisor(o, includePad);
            }
        }
        return dx;
    }

    /**
     * The bound of an element of {@link #backward}: m products with a rounded reciprocal and m − 1 additions,
     * γ(m + 1) · Σ|dy / count|, and one rounding when it is added to an old value.
     *
     * @param windows how many windows cover the element
     * @param gradient the exact gradient
     * @param magnitude Σ |dy / count|
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(int windows, double gradient, double magnitude, double dx) {
        return Bounds.accumulated(Bounds.gamma(windows + 1) * magnitude + windows * Bounds.UNDERFLOW, gradient, dx);
    }
}
