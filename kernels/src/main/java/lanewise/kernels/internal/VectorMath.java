package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions from operations that IEEE 754 defines exactly (add, multiply, fused multiply-add, divide) and
 * operations on the bits, so that their results are the same at every width and before and after compilation. The
 * vector API's own {@code EXP} and {@code TANH} are not.
 *
 * <p>
 * Each function has a scalar twin for tails: the same operations in the same order, hence the same bits. NaN gives NaN.
 * Error bounds are measured over every float of the domain.
 */
public final class VectorMath {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    // Adding it to a number below 2^22 rounds that to an integer, which then stands in the low bits of the sum.
    private static final float ROUNDER = 0x1.8p23f;
    private static final float LOG2_E = 1.44269504f;
    // ln 2 in two parts; the first has 15 significant bits, so that its product with any exponent is exact.
    private static final float LN2_HIGH = 0.693145751953125f;
    private static final float LN2_LOW = 1.42860682e-6f;
    // Beyond these, exp overflows, or is less than half of the smallest subnormal number.
    private static final float EXP_MAX = 89f;
    private static final float EXP_MIN = -104f;
    private static final int ONE_BITS = 0x3F800000;
    private static final int EXPONENT_SHIFT = 23;

    // (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2
    private static final float E2 = 5.0000001201e-1f;
    private static final float E3 = 1.6666665459e-1f;
    private static final float E4 = 4.1665795894e-2f;
    private static final float E5 = 8.3334519073e-3f;
    private static final float E6 = 1.3981999507e-3f;
    private static final float E7 = 1.9875691500e-4f;

    // (atanh(s) / s - 1) / s^2 as a polynomial in s^2 for s <= 1/3
    private static final float A3 = 1f / 3;
    private static final float A5 = 1f / 5;
    private static final float A7 = 1f / 7;
    private static final float A9 = 1f / 9;
    private static final float A11 = 1f / 11;
    private static final float A13 = 1f / 13;

    private VectorMath() {}

    /**
     * exp(x), underflowing gradually.
     *
     * @param x any numbers
     * @return within 1 ULP
     */
    public static FloatVector exp(FloatVector x) {
        return expWithin(
                x.blend(EXP_MAX, x.compare(VectorOperators.GT, EXP_MAX)).blend(EXP_MIN,
                        x.compare(VectorOperators.LT, EXP_MIN)));
    }

    /**
     * exp(x), underflowing gradually.
     *
     * @param x any number
     * @return within 1 ULP
     */
    public static float exp(float x) {
        return expWithin(x > EXP_MAX ? EXP_MAX : x < EXP_MIN ? EXP_MIN : x);
    }

    /**
     * The logistic function 1 / (1 + exp(-x)).
     *
     * @param x any numbers
     * @return within 2 ULP, between 0 and 1
     */
    public static FloatVector sigmoid(FloatVector x) {
        FloatVector t = expOfMinusAbs(x);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        return one.blend(t, x.compare(VectorOperators.LT, 0f)).div(t.add(one));
    }

    /**
     * The logistic function 1 / (1 + exp(-x)).
     *
     * @param x any number
     * @return within 2 ULP, between 0 and 1
     */
    public static float sigmoid(float x) {
        float t = expOfMinusAbs(x);
        return (x < 0 ? t : 1f) / (t + 1f);
    }

    /**
     * y = sigmoid(x) for n elements; y may be x.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            sigmoid(FloatVector.fromArray(FLOATS, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = sigmoid(x[xOffset + i]);
        }
    }

    /**
     * log(1 + exp(-|x|)): what softplus adds to max(x, 0).
     *
     * @param x any numbers
     * @return within 3 ULP
     */
    public static FloatVector log1pExpOfMinusAbs(FloatVector x) {
        FloatVector t = expOfMinusAbs(x);
        // log(1 + t) = 2 atanh(t / (2 + t))
        FloatVector s = t.div(t.add(2f));
        FloatVector s2 = s.mul(s);
        FloatVector q = FloatVector.broadcast(FLOATS, A13);
        q = mulAdd(q, s2, FloatVector.broadcast(FLOATS, A11));
        q = mulAdd(q, s2, FloatVector.broadcast(FLOATS, A9));
        q = mulAdd(q, s2, FloatVector.broadcast(FLOATS, A7));
        q = mulAdd(q, s2, FloatVector.broadcast(FLOATS, A5));
        q = mulAdd(q, s2, FloatVector.broadcast(FLOATS, A3));
        FloatVector twice = s.add(s);
        return mulAdd(twice.mul(s2), q, twice);
    }

    /**
     * log(1 + exp(-|x|)): what softplus adds to max(x, 0).
     *
     * @param x any number
     * @return within 3 ULP
     */
    public static float log1pExpOfMinusAbs(float x) {
        float t = expOfMinusAbs(x);
        float s = t / (t + 2f);
        float s2 = s * s;
        float q = Lanes.fma(A13, s2, A11);
        q = Lanes.fma(q, s2, A9);
        q = Lanes.fma(q, s2, A7);
        q = Lanes.fma(q, s2, A5);
        q = Lanes.fma(q, s2, A3);
        float twice = s + s;
        return Lanes.fma(twice * s2, q, twice);
    }

    /**
     * {@code a * b + c}, fused where the hardware can; see {@link Lanes#FMA}.
     *
     * @param a factors
     * @param b factors
     * @param c addends
     * @return the results
     */
    public static FloatVector mulAdd(FloatVector a, FloatVector b, FloatVector c) {
        return Lanes.FMA ? a.fma(b, c) : a.mul(b).add(c);
    }

    private static FloatVector expOfMinusAbs(FloatVector x) {
        FloatVector minusAbs = x.abs().neg();
        return expWithin(minusAbs.blend(EXP_MIN, minusAbs.compare(VectorOperators.LT, EXP_MIN)));
    }

    private static float expOfMinusAbs(float x) {
        float minusAbs = -Math.abs(x);
        return expWithin(minusAbs < EXP_MIN ? EXP_MIN : minusAbs);
    }

    /** exp(x) for x between EXP_MIN and EXP_MAX, or NaN: 2^k exp(r), where k is the integer next to x / ln 2. */
    private static FloatVector expWithin(FloatVector x) {
        FloatVector rounder = FloatVector.broadcast(FLOATS, ROUNDER);
        FloatVector shifted = mulAdd(x, FloatVector.broadcast(FLOATS, LOG2_E), rounder);
        FloatVector k = shifted.sub(rounder);
        FloatVector r = mulAdd(k, FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
        r = mulAdd(k, FloatVector.broadcast(FLOATS, -LN2_LOW), r);
        FloatVector q = FloatVector.broadcast(FLOATS, E7);
        q = mulAdd(q, r, FloatVector.broadcast(FLOATS, E6));
        q = mulAdd(q, r, FloatVector.broadcast(FLOATS, E5));
        q = mulAdd(q, r, FloatVector.broadcast(FLOATS, E4));
        q = mulAdd(q, r, FloatVector.broadcast(FLOATS, E3));
        q = mulAdd(q, r, FloatVector.broadcast(FLOATS, E2));
        FloatVector p = mulAdd(q, r.mul(r), r).add(1f);
        // Two factors, since 2^k itself overflows for k = 128 and is subnormal below -126. Only the second product rounds.
        IntVector exponent = shifted.reinterpretAsInts();
        IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
        IntVector rest = exponent.sub(half);
        return p.mul(half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsFloats())
                .mul(rest.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(ONE_BITS).reinterpretAsFloats());
    }

    private static float expWithin(float x) {
        float shifted = Lanes.fma(x, LOG2_E, ROUNDER);
        float k = shifted - ROUNDER;
        float r = Lanes.fma(k, -LN2_HIGH, x);
        r = Lanes.fma(k, -LN2_LOW, r);
        float q = Lanes.fma(E7, r, E6);
        q = Lanes.fma(q, r, E5);
        q = Lanes.fma(q, r, E4);
        q = Lanes.fma(q, r, E3);
        q = Lanes.fma(q, r, E2);
        float p = Lanes.fma(q, r * r, r) + 1f;
        int exponent = Float.floatToRawIntBits(shifted);
        int half = exponent >> 1;
        int rest = exponent - half;
        return p * Float.intBitsToFloat((half << EXPONENT_SHIFT) + ONE_BITS)
                * Float.intBitsToFloat((rest << EXPONENT_SHIFT) + ONE_BITS);
    }
}
