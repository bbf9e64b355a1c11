package lanewise.testing.reference;

/** Rotary positions in double precision. */
public final class RotaryEmbeddingReference {

    private RotaryEmbeddingReference() {}

    /**
     * One head's elements, turned.
     *
     * @param rotated how many elements are turned
     * @param interleaved whether the elements of a pair are neighbours
     * @param x the elements
     * @param cos the cosines of the token's angles
     * @param sin the sines
     * @return the turned elements
     */
    public static double[] value(int rotated, boolean interleaved, double[] x, double[] cos, double[] sin) {
        double[] y = x.clone();
        for (int i = 0; i < rotated / 2; i++) {
            int first = interleaved ? 2 * i : i;
            int second = interleaved ? 2 * i + 1 : rotated / 2 + i;
            y[first] = x[first] * cos[i] - x[second] * sin[i];
            y[second] = x[first] * sin[i] + x[second] * cos[i];
        }
        return y;
    }

    /**
     * Sums of magnitudes of the terms of {@link #value}, which its error is relative to.
     *
     * @param rotated how many elements are turned
     * @param interleaved whether the elements of a pair are neighbours
     * @param x the elements
     * @param cos the cosines of the token's angles
     * @param sin the sines
     * @return one for each element; 0 where it is copied
     */
    public static double[] magnitude(int rotated, boolean interleaved, double[] x, double[] cos, double[] sin) {
        double[] sums = new double[x.length];
        for (int i = 0; i < rotated / 2; i++) {
            int first = interleaved ? 2 * i : i;
            int second = interleaved ? 2 * i + 1 : rotated / 2 + i;
            sums[first] = Math.abs(x[first] * cos[i]) + Math.abs(x[second] * sin[i]);
            sums[second] = Math.abs(x[first] * sin[i]) + Math.abs(x[second] * cos[i]);
        }
        return sums;
    }
}
