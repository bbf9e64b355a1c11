package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The natural logarithm: x = 2<sup>k</sup> (1 + f) with 1 + f between √½ and √2, and log x = k ln 2 + log(1 + f), the second
 * by a polynomial.
 */
public final class Logarithm {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    // The bits of the square root of 1/2: what lies below belongs to the next smaller k.
    private static final int ROOT_HALF = 0x3f3504f3;
    private static final int MANTISSA_BITS = 23;
    private static final float NORMALIZER = 0x1p23f;
    // A small integer in the low bits of ROUNDER is that integer more.
    private static final float ROUNDER = 0x1.8p23f;
    // ln 2 in two parts; the first has 15 significant bits, so that its product with any exponent is exact.
    private static final float LN2_HIGH = 0.693145751953125f;
    private static final float LN2_LOW = 1.42860682e-6f;

    // (log(1 + f) - f + f^2 / 2) / f^3 for sqrt(1/2) <= 1 + f <= sqrt(2): least worst error (Lawson), 0.02 units of 2^-24.
    private static final float L0 = 0x1.555548p-2f;
    private static final float L1 = -0x1.000006p-2f;
    private static final float L2 = 0x1.99a476p-3f;
    private static final float L3 = -0x1.555c46p-3f;
    private static final float L4 = 0x1.233ba8p-3f;
    private static final float L5 = -0x1.fc2886p-4f;
    private static final float L6 = 0x1.e6bf3ap-4f;
    private static final float L7 = -0x1.de02bep-4f;
    private static final float L8 = 0x1.147610p-4f;

    private Logarithm() {}

    /**
     * y = log(x), within 0.9 ULP; subnormal arguments count; 0 gives −∞, what is negative gives NaN.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        if (main > 0) {
            vectors(main, x, xOffset, y, yOffset);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = log(x[xOffset + i]);
        }
    }

    private static void vectors(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector normal = v.blend(v.mul(NORMALIZER), v.compare(VectorOperators.LT, Float.MIN_NORMAL));
            FloatVector rounder = FloatVector.broadcast(FLOATS, ROUNDER).blend(ROUNDER + MANTISSA_BITS,
                    v.compare(VectorOperators.LT, Float.MIN_NORMAL));
            IntVector bits = normal.reinterpretAsInts();
            IntVector exponent = bits.sub(ROOT_HALF).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
            FloatVector k = FloatVector.broadcast(FLOATS, ROUNDER).reinterpretAsInts().add(exponent)
                    .reinterpretAsFloats().sub(rounder);
            FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS)).reinterpretAsFloats()
                    .sub(1f);
            FloatVector q = FMA
                    ? f.fma(FloatVector.broadcast(FLOATS, L8), FloatVector.broadcast(FLOATS, L7))
                    : f.mul(FloatVector.broadcast(FLOATS, L8)).add(FloatVector.broadcast(FLOATS, L7));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L6)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L6));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L5)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L5));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L4)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L4));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L3)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L3));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L2)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L2));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L1)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L1));
            q = FMA ? q.fma(f, FloatVector.broadcast(FLOATS, L0)) : q.mul(f).add(FloatVector.broadcast(FLOATS, L0));
            q = FMA
                    ? q.fma(f, FloatVector.broadcast(FLOATS, -0.5f))
                    : q.mul(f).add(FloatVector.broadcast(FLOATS, -0.5f));
            q = q.mul(f).mul(f);
            FloatVector low = FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, LN2_LOW), q)
                    : k.mul(FloatVector.broadcast(FLOATS, LN2_LOW)).add(q);
            FloatVector rest = f.add(low);
            FloatVector log = FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), rest)
                    : k.mul(FloatVector.broadcast(FLOATS, LN2_HIGH)).add(rest);
            log = v.blend(log, v.compare(VectorOperators.LT, INFINITY));
            log = log.blend(Float.NaN, v.compare(VectorOperators.LT, 0f));
            log.blend(-INFINITY, v.compare(VectorOperators.EQ, 0f)).intoArray(y, yOffset + i);
        }
    }

    private static float log(float v) {
        if (!(v > 0 && v < INFINITY)) {
            return v == 0 ? -INFINITY : v < 0 ? Float.NaN : v;
        }
        int bits = Float.floatToRawIntBits(v < Float.MIN_NORMAL ? v * NORMALIZER : v);
        int exponent = (bits - ROOT_HALF) >> MANTISSA_BITS;
        float k = exponent - (v < Float.MIN_NORMAL ? MANTISSA_BITS : 0);
        float f = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1f;
        float q = Lanes.fma(f, L8, L7);
        q = Lanes.fma(q, f, L6);
        q = Lanes.fma(q, f, L5);
        q = Lanes.fma(q, f, L4);
        q = Lanes.fma(q, f, L3);
        q = Lanes.fma(q, f, L2);
        q = Lanes.fma(q, f, L1);
        q = Lanes.fma(q, f, L0);
        q = Lanes.fma(q, f, -0.5f) * f * f;
        return Lanes.fma(k, LN2_HIGH, f + Lanes.fma(k, LN2_LOW, q));
    }
}
