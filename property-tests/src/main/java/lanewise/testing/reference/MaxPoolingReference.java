package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** The greatest element of each window, exact, and its gradient. */
public final class MaxPoolingReference {

    private MaxPoolingReference() {}

    /**
     * The maxima of a plane.
     *
     * @param windows the windows
     * @param x the plane
     * @return for each window its maximum; NaN if there is one in it, −∞ if it is empty
     */
    public static double[] forward(PoolingWindows windows, double[] x) {
        int[] argmax = argmax(windows, x);
        double[] y = new double[argmax.length];
        for (int o = 0; o < y.length; o++) {
            y[o] = argmax[o] < 0 ? Double.NEGATIVE_INFINITY : x[argmax[o]];
        }
        return y;
    }

    /**
     * Where the maxima of a plane are.
     *
     * @param windows the windows
     * @param x the plane
     * @return for each window the place of its first NaN or else its first maximum; −1 if it is empty
     */
    public static int[] argmax(PoolingWindows windows, double[] x) {
        int[] argmax = new int[windows.count()];
        for (int o = 0; o < argmax.length; o++) {
            argmax[o] = -1;
            for (int place : windows.places(o)) {
                if (argmax[o] < 0 || x[place] > x[argmax[o]]
                        || (Double.isNaN(x[place]) && !Double.isNaN(x[argmax[o]]))) {
                    argmax[o] = place;
                }
            }
        }
        return argmax;
    }

    /**
     * The gradient with respect to a plane, added to what is there.
     *
     * @param argmax where the maxima stood
     * @param dy gradients with respect to them
     * @param dx what is added to
     * @param magnitudes what is added to for the bound: Σ |dy|
     */
    public static void backward(int[] argmax, double[] dy, double[] dx, double[] magnitudes) {
        for (int o = 0; o < argmax.length; o++) {
            if (argmax[o] >= 0) {
                dx[argmax[o]] += dy[o];
                magnitudes[argmax[o]] += Math.abs(dy[o]);
            }
        }
    }

    /**
     * The bound of an element of the gradient: γ(m) of the magnitudes that were added, |dx| among them when accumulating.
     *
     * @param roundings how many windows there are: no element is the maximum of more
     * @param magnitude Σ |dy|, and |dx|
     * @return the absolute error that is permitted
     */
    public static double backwardBound(int roundings, double magnitude) {
        return Bounds.gamma(roundings) * magnitude;
    }
}
