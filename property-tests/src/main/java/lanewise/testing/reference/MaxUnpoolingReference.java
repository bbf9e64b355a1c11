package lanewise.testing.reference;

/** What was a maximum goes back to its place, exact. */
public final class MaxUnpoolingReference {

    private MaxUnpoolingReference() {}

    /**
     * A plane that is 0 but where maxima stood.
     *
     * @param planeLength elements of the plane
     * @param argmax the places; −1 is none
     * @param x what goes there; the last where places are the same
     * @return the plane
     */
    public static double[] forward(int planeLength, int[] argmax, double[] x) {
        double[] y = new double[planeLength];
        for (int o = 0; o < argmax.length; o++) {
            if (argmax[o] >= 0) {
                y[argmax[o]] = x[o];
            }
        }
        return y;
    }

    /**
     * The gradient with respect to what went to its place.
     *
     * @param argmax the places
     * @param dy gradient with respect to the plane
     * @return for each place its gradient
     */
    public static double[] backward(int[] argmax, double[] dy) {
        double[] dx = new double[argmax.length];
        for (int o = 0; o < argmax.length; o++) {
            dx[o] = argmax[o] < 0 ? 0 : dy[argmax[o]];
        }
        return dx;
    }
}
