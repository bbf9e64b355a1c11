package lanewise.kernels.internal;

/**
 * Sine and cosine of floats in double precision: r = x − k · π/2 is exact enough for every float below 2<sup>20</sup> (Cody, Waite
 * 1980), and Taylor's polynomials of degree 13 and 14 err by less than 2<sup>-44</sup> of the result for |r| ≤ π/4. So what counts is
 * the rounding to float.
 */
public final class Trigonometry {

    private static final float LARGE = 0x1p20f;
    private static final double TWO_OVER_PI = 2 / Math.PI;
    /** The first 33 bits of π/2: their product with a k below 2<sup>20</sup> is exact. */
    private static final double HIGH = 0x1.921fb544p0;
    /** The rest. */
    private static final double LOW = 0x1.0b4611a626331p-34;

    /** Eight zeros and the first 248 bits of 2/π. */
    private static final long[] TWO_OVER_PI_BITS = {0x00a2f9836e4e4415L, 0x29fc2757d1f534ddL, 0xc0db6295993c4390L,
            0x41fe5163abdebbc5L};
    private static final int ZEROS = 8;

    private Trigonometry() {}

    /**
     * y = sin(x), within 0.51 ULP.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void sin(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = Math.abs(v) < LARGE ? reduced(v, 0) : reducedLarge(v, 0);
        }
    }

    /**
     * y = cos(x), within 0.51 ULP.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void cos(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = Math.abs(v) < LARGE ? reduced(v, 1) : reducedLarge(v, 1);
        }
    }

    /** sin(x + quarter · π/2). */
    private static float reduced(float x, int quarter) {
        double k = Math.rint(x * TWO_OVER_PI);
        double r = (x - k * HIGH) - k * LOW;
        return ofRest((int) k + quarter, r);
    }

    /**
     * The same from 2<sup>20</sup> on (Payne, Hanek 1983): |x| is m · 2<sup>e</sup> with an integer m, so those bits of 2/π that are worth
     * 4 or more after a multiplication by 2<sup>e</sup> only add whole turns. The next 96 leave an error of 2<sup>-61</sup>, and no float is nearer than
     * 2<sup>-30</sup> to a multiple of π/2. Not {@code StrictMath.sin}, which makes small arrays there.
     */
    private static float reducedLarge(float x, int quarter) {
        if (!(Math.abs(x) <= Float.MAX_VALUE)) {
            return Float.NaN;
        }
        int bits = Float.floatToRawIntBits(x) & Integer.MAX_VALUE;
        long m = (bits & 0x7fffff) | 0x800000;
        int e = (bits >>> 23) - 150;
        int first = e - 2 + ZEROS;
        // Quarter turns modulo 4, in units of 2^-62.
        long turns = m * bitsOfTwoOverPi(first) + ((m * (bitsOfTwoOverPi(first + 64) >>> 32)) >>> 32);
        long k = (turns + (1L << 61)) >>> 62;
        double r = (turns - (k << 62)) * 0x1p-62 * (Math.PI / 2);
        return x < 0 ? ofRest(quarter - (int) k, -r) : ofRest(quarter + (int) k, r);
    }

    private static long bitsOfTwoOverPi(int first) {
        int shift = first & 63;
        long high = TWO_OVER_PI_BITS[first >> 6] << shift;
        return shift == 0 ? high : high | TWO_OVER_PI_BITS[(first >> 6) + 1] >>> (64 - shift);
    }

    /** sin(r + quadrant · π/2) for |r| up to π/4. */
    private static float ofRest(int quadrant, double r) {
        double r2 = r * r;
        double value;
        if ((quadrant & 1) == 0) {
            // A zero keeps its sign.
            value = r + r * r2
                    * (-1.0 / 6 + r2 * (1.0 / 120 + r2 * (-1.0 / 5040 + r2 * (1.0 / 362_880 + r2
                            * (-1.0 / 39_916_800 + r2 / 6_227_020_800.0)))));
        } else {
            value = 1 + r2 * (-0.5 + r2 * (1.0 / 24 + r2 * (-1.0 / 720 + r2 * (1.0 / 40_320 + r2 * (-1.0 / 3_628_800
                    + r2 * (1.0 / 479_001_600 - r2 / 87_178_291_200.0))))));
        }
        return (float) ((quadrant & 2) == 0 ? value : -value);
    }
}
