package lanewise.testing.reference;

/** {@link AveragePoolingReference} over the windows of an adaptive pooling. */
public final class AdaptiveAveragePoolingReference {

    private AdaptiveAveragePoolingReference() {}

    /**
     * The means of a plane.
     *
     * @param in sizes of the plane: depth, height, width
     * @param out sizes of the result
     * @param x the plane
     * @return for each window its mean
     */
    public static double[] forward(int[] in, int[] out, double[] x) {
        PoolingWindows windows = PoolingWindows.adaptive(in, out);
        double[] y = new double[windows.count()];
        for (int o = 0; o < y.length; o++) {
            y[o] = AveragePoolingReference.value(windows, false, x, o);
        }
        return y;
    }
}
