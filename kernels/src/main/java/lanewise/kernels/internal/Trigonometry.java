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
            y[yOffset + i] = Math.abs(v) < LARGE ? reduced(v, 0) : (float) StrictMath.sin(v);
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
            y[yOffset + i] = Math.abs(v) < LARGE ? reduced(v, 1) : (float) StrictMath.cos(v);
        }
    }

    /** sin(x + quarter · π/2). */
    private static float reduced(float x, int quarter) {
        double k = Math.rint(x * TWO_OVER_PI);
        double r = (x - k * HIGH) - k * LOW;
        double r2 = r * r;
        int quadrant = (int) k + quarter;
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
