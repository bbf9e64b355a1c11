package lanewise.kernels.attention;

import lanewise.kernels.internal.PhiloxWords;

/** Dropout of weights: word i of the stream is for weight i of the matrix that is never stored, [n, heads, queries, keys]. */
final class DroppedWeights {

    private static final int SHIFT = 8;
    private static final float TO_UNIT = 0x1p-24f;

    private DroppedWeights() {}

    /**
     * Sets dropped weights to zero, and divides the others by the share of those that stay.
     *
     * @param n successive keys of a query
     * @param first the place of the first weight in the matrix
     * @param step from one weight to the next, in {@code s}
     */
    static void apply(int n, long first, long seed, long stream, float probability, float[] s, int at, int step) {
        float factor = (float) (1 / (1.0 - probability));
        for (int j = 0; j < n; j++) {
            long place = first + j;
            long pair = PhiloxWords.pair(seed, stream, place >> 1);
            put((int) ((place & 1) == 0 ? pair : pair >>> 32), probability, factor, s, at + j * step);
            if ((place & 1) == 0 && j + 1 < n) {
                j++;
                put((int) (pair >>> 32), probability, factor, s, at + j * step);
            }
        }
    }

    private static void put(int word, float probability, float factor, float[] s, int at) {
        s[at] = (word >>> SHIFT) * TO_UNIT < probability ? 0 : s[at] * factor;
    }
}
