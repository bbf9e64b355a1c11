package lanewise.testing.reference;

/** {@link MaxPoolingReference} over the windows of an adaptive pooling. */
public final class AdaptiveMaxPoolingReference {

    private AdaptiveMaxPoolingReference() {}

    /**
     * Where the maxima of a plane are.
     *
     * @param in sizes of the plane: depth, height, width
     * @param out sizes of the result
     * @param x the plane
     * @return for each window the place of its first NaN or else its first maximum
     */
    public static int[] argmax(int[] in, int[] out, double[] x) {
        return MaxPoolingReference.argmax(PoolingWindows.adaptive(in, out), x);
    }
}
