package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * erf(x), the integral of the normal distribution up to a change of scale, by two polynomials: x + x q(x²) below 1.125, and
 * around the middle of what is left from there to where the nearest float is 1. Without exp, so one loop can hold it.
 */
public final class ErrorFunction {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;
    private static final int SIGN = Integer.MIN_VALUE;
    private static final float SPLIT = 1.125f;

    // erf(x) / x - 1 in x^2 for 0 <= x <= SPLIT: least worst error (Lawson), 0.11 units of 2^-24 of erf(x).
    private static final float N0 = 0x1.06eba8p-3f;
    private static final float N1 = -0x1.81272ep-2f;
    private static final float N2 = 0x1.ce2984p-4f;
    private static final float N3 = -0x1.b7bbdcp-6f;
    private static final float N4 = 0x1.522ec8p-8f;
    private static final float N5 = -0x1.9726c4p-11f;
    private static final float N6 = 0x1.2843d4p-14f;

    // erf(CENTRE + t) - 1 for SPLIT <= CENTRE + t <= LAST: 0.19 units of 2^-24.
    private static final float LAST = 3.925f;
    private static final float CENTRE = 2.525f;
    private static final float F0 = -0x1.750b3ep-12f;
    private static final float F1 = 0x1.f797e4p-10f;
    private static final float F2 = -0x1.3def26p-8f;
    private static final float F3 = 0x1.ed40a0p-8f;
    private static final float F4 = -0x1.023628p-7f;
    private static final float F5 = 0x1.75790ap-8f;
    private static final float F6 = -0x1.634186p-9f;
    private static final float F7 = 0x1.3c2a68p-11f;
    private static final float F8 = 0x1.d20a2ap-13f;
    private static final float F9 = -0x1.0305b2p-12f;
    private static final float F10 = 0x1.20a336p-14f;
    private static final float F11 = 0x1.8fe698p-17f;
    private static final float F12 = -0x1.3adc10p-17f;
    private static final float F13 = 0x1.0ae97cp-20f;

    private ErrorFunction() {}

    /**
     * y = erf(scale · x), within 1.4 ULP of erf of the rounded product; −0 gives −0, NaN gives NaN.
     *
     * @param n number of elements
     * @param scale what arguments are multiplied by
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void erf(int n, float scale, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        if (main > 0) {
            vectors(main, scale, x, xOffset, y, yOffset);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = erf(scale * x[xOffset + i]);
        }
    }

    private static void vectors(int n, float scale, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i).mul(scale);
            FloatVector z = v.mul(v);
            FloatVector near = FMA
                    ? z.fma(FloatVector.broadcast(FLOATS, N6), FloatVector.broadcast(FLOATS, N5))
                    : z.mul(FloatVector.broadcast(FLOATS, N6)).add(FloatVector.broadcast(FLOATS, N5));
            near = FMA
                    ? near.fma(z, FloatVector.broadcast(FLOATS, N4))
                    : near.mul(z).add(FloatVector.broadcast(FLOATS, N4));
            near = FMA
                    ? near.fma(z, FloatVector.broadcast(FLOATS, N3))
                    : near.mul(z).add(FloatVector.broadcast(FLOATS, N3));
            near = FMA
                    ? near.fma(z, FloatVector.broadcast(FLOATS, N2))
                    : near.mul(z).add(FloatVector.broadcast(FLOATS, N2));
            near = FMA
                    ? near.fma(z, FloatVector.broadcast(FLOATS, N1))
                    : near.mul(z).add(FloatVector.broadcast(FLOATS, N1));
            near = FMA
                    ? near.fma(z, FloatVector.broadcast(FLOATS, N0))
                    : near.mul(z).add(FloatVector.broadcast(FLOATS, N0));
            near = FMA ? near.fma(v, v) : near.mul(v).add(v);
            FloatVector a = v.abs();
            VectorMask<Float> isOne = a.compare(VectorOperators.GT, LAST);
            FloatVector t = a.sub(CENTRE);
            // Even and odd powers apart: what waits for what is half as long, and the processor has room for more of it (decision 0017).
            FloatVector t2 = t.mul(t);
            FloatVector odd = FMA
                    ? t2.fma(FloatVector.broadcast(FLOATS, F13), FloatVector.broadcast(FLOATS, F11))
                    : t2.mul(FloatVector.broadcast(FLOATS, F13)).add(FloatVector.broadcast(FLOATS, F11));
            FloatVector far = FMA
                    ? t2.fma(FloatVector.broadcast(FLOATS, F12), FloatVector.broadcast(FLOATS, F10))
                    : t2.mul(FloatVector.broadcast(FLOATS, F12)).add(FloatVector.broadcast(FLOATS, F10));
            odd = FMA
                    ? odd.fma(t2, FloatVector.broadcast(FLOATS, F9))
                    : odd.mul(t2).add(FloatVector.broadcast(FLOATS, F9));
            far = FMA
                    ? far.fma(t2, FloatVector.broadcast(FLOATS, F8))
                    : far.mul(t2).add(FloatVector.broadcast(FLOATS, F8));
            odd = FMA
                    ? odd.fma(t2, FloatVector.broadcast(FLOATS, F7))
                    : odd.mul(t2).add(FloatVector.broadcast(FLOATS, F7));
            far = FMA
                    ? far.fma(t2, FloatVector.broadcast(FLOATS, F6))
                    : far.mul(t2).add(FloatVector.broadcast(FLOATS, F6));
            odd = FMA
                    ? odd.fma(t2, FloatVector.broadcast(FLOATS, F5))
                    : odd.mul(t2).add(FloatVector.broadcast(FLOATS, F5));
            far = FMA
                    ? far.fma(t2, FloatVector.broadcast(FLOATS, F4))
                    : far.mul(t2).add(FloatVector.broadcast(FLOATS, F4));
            odd = FMA
                    ? odd.fma(t2, FloatVector.broadcast(FLOATS, F3))
                    : odd.mul(t2).add(FloatVector.broadcast(FLOATS, F3));
            far = FMA
                    ? far.fma(t2, FloatVector.broadcast(FLOATS, F2))
                    : far.mul(t2).add(FloatVector.broadcast(FLOATS, F2));
            odd = FMA
                    ? odd.fma(t2, FloatVector.broadcast(FLOATS, F1))
                    : odd.mul(t2).add(FloatVector.broadcast(FLOATS, F1));
            far = FMA
                    ? far.fma(t2, FloatVector.broadcast(FLOATS, F0))
                    : far.mul(t2).add(FloatVector.broadcast(FLOATS, F0));
            far = FMA ? odd.fma(t, far) : odd.mul(t).add(far);
            far = far.add(1f).blend(1f, isOne);
            far.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats()
                    .blend(near, a.compare(VectorOperators.LT, SPLIT)).intoArray(y, yOffset + i);
        }
    }

    private static float erf(float v) {
        float a = Math.abs(v);
        if (a < SPLIT) {
            float z = v * v;
            float near = Lanes.fma(z, N6, N5);
            near = Lanes.fma(near, z, N4);
            near = Lanes.fma(near, z, N3);
            near = Lanes.fma(near, z, N2);
            near = Lanes.fma(near, z, N1);
            near = Lanes.fma(near, z, N0);
            return Lanes.fma(near, v, v);
        }
        float t = a - CENTRE;
        float t2 = t * t;
        float odd = Lanes.fma(t2, F13, F11);
        float far = Lanes.fma(t2, F12, F10);
        odd = Lanes.fma(odd, t2, F9);
        far = Lanes.fma(far, t2, F8);
        odd = Lanes.fma(odd, t2, F7);
        far = Lanes.fma(far, t2, F6);
        odd = Lanes.fma(odd, t2, F5);
        far = Lanes.fma(far, t2, F4);
        odd = Lanes.fma(odd, t2, F3);
        far = Lanes.fma(far, t2, F2);
        odd = Lanes.fma(odd, t2, F1);
        far = Lanes.fma(far, t2, F0);
        far = Lanes.fma(odd, t, far) + 1f;
        return Math.copySign(a > LAST ? 1f : far, v);
    }
}
