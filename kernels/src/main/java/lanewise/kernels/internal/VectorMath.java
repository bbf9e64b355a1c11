package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions and maxima of arrays, from operations that IEEE 754 defines exactly (add, multiply, fused multiply-add,
 * divide) and operations on the bits, so that their results are the same at every width and before and after
 * compilation. The vector API's own {@code EXP} and {@code TANH} are not.
 *
 * <p>
 * The functions take arrays, not vectors: {@link #exp} in one loop already needs most of what C2 agrees to inline into a
 * method (decision 0003), and past that limit every vector becomes an object. So whatever is made of exp is a pass
 * over its results while they are in the first-level cache. Tails are computed by scalar twins: the same operations in
 * the same order, hence the same bits. NaN gives NaN. Results may overwrite arguments at the same offset.
 * Error bounds are measured against double precision, over every float of magnitude 2<sup>-12</sup> to 105 and one in 101
 * of the others.
 */
public final class VectorMath {

    /** Elements that two passes over an array should share: both stay in the first-level cache. */
    public static final int BLOCK = 1024;

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int LANES = Lanes.LANES;

    // Beyond these, exp overflows, or is less than half of the smallest subnormal number.
    private static final float EXP_MAX = 89f;
    private static final float EXP_MIN = -104f;
    // Adding it to a small number rounds that to an integer k, and k + 254, twice the exponent's bias, then stands in the
    // low bits of the sum.
    private static final float ROUNDER = 0x1.8p23f + 254;
    private static final float LOG2_E = 1.44269504f;
    // ln 2 in two parts; the first has 15 significant bits, so that its product with any exponent is exact.
    private static final float LN2_HIGH = 0.693145751953125f;
    private static final float LN2_LOW = 1.42860682e-6f;
    private static final int EXPONENT_SHIFT = 23;
    // From the k + 254 in the low bits of a sum with ROUNDER to the exponent of 2^(k - 1) with its bias.
    private static final int HALVE = 128;
    // Below this, exp(x) - 1 rounds to -1.
    private static final float EXPM1_MIN = -18f;
    private static final int SIGN = Integer.MIN_VALUE;
    // Beyond this magnitude, t / (|t| + 2) rounds to 1.
    private static final float TANH_MAX = 0x1p30f;

    // (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2: least worst error (Remez), 0.06 units of 2^-24 of exp(r).
    private static final float E2 = 0x1.fffffcp-2f;
    private static final float E3 = 0x1.555492p-3f;
    private static final float E4 = 0x1.5558f2p-5f;
    private static final float E5 = 0x1.123a2p-7f;
    private static final float E6 = 0x1.6a23dp-10f;

    // (atanh(s) / s - 1) / s^2 as a polynomial in s^2 for 0 <= s <= 1/3: 0.09 units of 2^-24 of atanh(s).
    private static final float A3 = 0x1.555502p-2f;
    private static final float A5 = 0x1.99d208p-3f;
    private static final float A7 = 0x1.1ebd04p-3f;
    private static final float A9 = 0x1.1ed7ecp-3f;

    private VectorMath() {}

    /**
     * y = exp(x), within 0.88 ULP; underflows gradually.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        exp(n, x, xOffset, 0f, y, yOffset);
    }

    /**
     * y = exp(x − shift), within 0.88 ULP of that of the rounded difference; underflows gradually.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param shift what is subtracted from them
     * @param y the results
     * @param yOffset index of the first
     */
    public static void exp(int n, float[] x, int xOffset, float shift, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i).sub(shift);
            v = v.blend(EXP_MAX, v.compare(VectorOperators.GT, EXP_MAX));
            v = v.blend(EXP_MIN, v.compare(VectorOperators.LT, EXP_MIN));
            // exp(v) = 2^k exp(r), where k is the integer next to v / ln 2 and r = high + low.
            FloatVector rounder = FloatVector.broadcast(FLOATS, ROUNDER);
            FloatVector shifted = Lanes.FMA
                    ? v.fma(FloatVector.broadcast(FLOATS, LOG2_E), rounder)
                    : v.mul(FloatVector.broadcast(FLOATS, LOG2_E)).add(rounder);
            FloatVector k = shifted.sub(rounder);
            FloatVector high = Lanes.FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v)
                    : k.mul(FloatVector.broadcast(FLOATS, -LN2_HIGH)).add(v);
            FloatVector low = k.mul(-LN2_LOW);
            FloatVector r = high.add(low);
            FloatVector q = Lanes.FMA
                    ? r.fma(FloatVector.broadcast(FLOATS, E6), FloatVector.broadcast(FLOATS, E5))
                    : r.mul(FloatVector.broadcast(FLOATS, E6)).add(FloatVector.broadcast(FLOATS, E5));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, E4))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, E4));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, E3))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, E3));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, E2))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, E2));
            // 1 + r + q r^2, with the exact high part of r last but one: 0.15 ULP better than with the rounded r.
            FloatVector p = (Lanes.FMA ? q.fma(r.mul(r), low) : q.mul(r.mul(r)).add(low)).add(high).add(1f);
            // 2^k as two factors, since it overflows for k = 128 and is subnormal below -126. Only the second product rounds.
            IntVector exponents = shifted.reinterpretAsInts();
            IntVector half = exponents.lanewise(VectorOperators.ASHR, 1);
            FloatVector factor = half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            FloatVector rest = exponents.sub(half).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            p.mul(factor).mul(rest).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = exp(x[xOffset + i] - shift);
        }
    }

    /**
     * y = exp(scale · x) − 1, within 1.25 ULP of that of the rounded product; −0 gives −0.
     *
     * @param n number of elements
     * @param scale what arguments are multiplied by
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void expm1(int n, float scale, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        if (main > 0) {
            expm1Vectors(main, scale, false, x, xOffset, y, yOffset);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = expm1(scale * x[xOffset + i]);
        }
    }

    /**
     * y = tanh(x), within 1.8 ULP; −0 gives −0.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += BLOCK) {
            int length = Math.min(BLOCK, n - i);
            signedExpm1OfTwice(length, x, xOffset + i, y, yOffset + i);
            tanhFromExpm1(length, y, yOffset + i);
        }
    }

    /**
     * y = 1 / (1 + exp(-x)), within 1.65 ULP and between 0 and 1.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += BLOCK) {
            int length = Math.min(BLOCK, n - i);
            exp(length, x, xOffset + i, y, yOffset + i);
            sigmoidFromExp(length, y, yOffset + i);
        }
    }

    /**
     * y = log(1 + exp(-|x|)), what softplus adds to max(x, 0), within 2.1 ULP.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     */
    public static void log1pExpOfMinusAbs(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += BLOCK) {
            int length = Math.min(BLOCK, n - i);
            minusAbs(length, x, xOffset + i, y, yOffset + i);
            exp(length, y, yOffset + i, y, yOffset + i);
            log1p(length, y, yOffset + i);
        }
    }

    /**
     * The greatest of those elements that are numbers; a zero is +0. With four running maxima, as each waits for itself, and by
     * comparisons: {@link #max} needs thrice the instructions, for NaN and for the sign of a zero.
     *
     * @param n number of elements
     * @param x the elements
     * @param xOffset index of the first
     * @return the greatest; negative infinity of none
     */
    public static float greatest(int n, float[] x, int xOffset) {
        FloatVector m0 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector m1 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector m2 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector m3 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= n - 4 * LANES; i += 4 * LANES) {
            FloatVector v0 = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector v1 = FloatVector.fromArray(FLOATS, x, xOffset + i + LANES);
            FloatVector v2 = FloatVector.fromArray(FLOATS, x, xOffset + i + 2 * LANES);
            FloatVector v3 = FloatVector.fromArray(FLOATS, x, xOffset + i + 3 * LANES);
            m0 = VECTOR.cast(m0).blend(v0, v0.compare(VectorOperators.GT, m0));
            m1 = VECTOR.cast(m1).blend(v1, v1.compare(VectorOperators.GT, m1));
            m2 = VECTOR.cast(m2).blend(v2, v2.compare(VectorOperators.GT, m2));
            m3 = VECTOR.cast(m3).blend(v3, v3.compare(VectorOperators.GT, m3));
        }
        for (; i <= n - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            m0 = VECTOR.cast(m0).blend(v, v.compare(VectorOperators.GT, m0));
        }
        float greatest = VECTOR.cast(m0).max(VECTOR.cast(m1)).max(VECTOR.cast(m2).max(VECTOR.cast(m3)))
                .reduceLanes(VectorOperators.MAX);
        for (; i < n; i++) {
            greatest = x[xOffset + i] > greatest ? x[xOffset + i] : greatest;
        }
        return greatest + 0f; // which of two zeros was found depends on the width
    }

    /**
     * The maximum of some elements, NaN if one of them is.
     *
     * @param n number of elements
     * @param x the elements
     * @param xOffset index of the first
     * @return the maximum; negative infinity of none
     */
    public static float max(int n, float[] x, int xOffset) {
        int main = FLOATS.loopBound(n);
        FloatVector m = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < main; i += LANES) {
            m = FloatVector.fromArray(FLOATS, x, xOffset + i).max(m);
        }
        float max = VECTOR.cast(m).reduceLanes(VectorOperators.MAX);
        for (int i = main; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        return max;
    }

    /**
     * Where the first element stands that equals a value.
     *
     * @param n number of elements, at least 1
     * @param x the elements
     * @param xOffset index of the first
     * @param value what is looked for
     * @return its position, counted from 0; that of the last element if no element before equals the value
     */
    public static int firstEqual(int n, float[] x, int xOffset, float value) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            VectorMask<Float> equal = FloatVector.fromArray(FLOATS, x, xOffset + i).compare(VectorOperators.EQ, value);
            if (equal.anyTrue()) {
                return i + equal.firstTrue();
            }
        }
        for (int i = main; i < n - 1; i++) {
            if (x[xOffset + i] == value) {
                return i;
            }
        }
        return n - 1;
    }

    /**
     * {@code a * b + c}, fused where the hardware can; see {@link Lanes#FMA}. Micro-kernels with more than a dozen of these write them out:
     * C2 has a budget up to which it inlines, and past it vectors become objects.
     *
     * @param a factors
     * @param b factors
     * @param c addends
     * @return the results
     */
    public static FloatVector mulAdd(FloatVector a, FloatVector b, FloatVector c) {
        return Lanes.FMA ? a.fma(b, c) : a.mul(b).add(c);
    }

    private static float exp(float x) {
        float v = x > EXP_MAX ? EXP_MAX : x < EXP_MIN ? EXP_MIN : x;
        float shifted = Lanes.fma(v, LOG2_E, ROUNDER);
        float k = shifted - ROUNDER;
        float high = Lanes.fma(k, -LN2_HIGH, v);
        float low = k * -LN2_LOW;
        float r = high + low;
        float q = Lanes.fma(r, E6, E5);
        q = Lanes.fma(q, r, E4);
        q = Lanes.fma(q, r, E3);
        q = Lanes.fma(q, r, E2);
        float p = Lanes.fma(q, r * r, low) + high + 1f;
        int exponents = Float.floatToRawIntBits(shifted);
        int half = exponents >> 1;
        return p * Float.intBitsToFloat(half << EXPONENT_SHIFT)
                * Float.intBitsToFloat((exponents - half) << EXPONENT_SHIFT);
    }

    /** exp(|2x|) - 1 with the sign of x: of negative arguments tanh would double the error. */
    private static void signedExpm1OfTwice(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        if (main > 0) {
            expm1Vectors(main, 2f, true, x, xOffset, y, yOffset);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = Math.copySign(expm1(2f * Math.abs(x[xOffset + i])), x[xOffset + i]);
        }
    }

    private static void expm1Vectors(int n, float scale, boolean ofMagnitude, float[] x, int xOffset, float[] y,
            int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i).mul(scale);
            IntVector sign = v.reinterpretAsInts().and(SIGN);
            v = ofMagnitude ? v.abs() : v;
            v = v.blend(EXP_MAX, v.compare(VectorOperators.GT, EXP_MAX));
            v = v.blend(EXPM1_MIN, v.compare(VectorOperators.LT, EXPM1_MIN));
            FloatVector rounder = FloatVector.broadcast(FLOATS, ROUNDER);
            FloatVector shifted = Lanes.FMA
                    ? v.fma(FloatVector.broadcast(FLOATS, LOG2_E), rounder)
                    : v.mul(FloatVector.broadcast(FLOATS, LOG2_E)).add(rounder);
            FloatVector k = shifted.sub(rounder);
            FloatVector high = Lanes.FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v)
                    : k.mul(FloatVector.broadcast(FLOATS, -LN2_HIGH)).add(v);
            FloatVector low = k.mul(-LN2_LOW);
            FloatVector r = high.add(low);
            FloatVector q = Lanes.FMA
                    ? r.fma(FloatVector.broadcast(FLOATS, E6), FloatVector.broadcast(FLOATS, E5))
                    : r.mul(FloatVector.broadcast(FLOATS, E6)).add(FloatVector.broadcast(FLOATS, E5));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, E4))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, E4));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, E3))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, E3));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, E2))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, E2));
            FloatVector rest = Lanes.FMA ? q.fma(r.mul(r), low) : q.mul(r.mul(r)).add(low);
            // Half of 2^k (high + rest) + 2^k - 1, as 2^k itself may overflow; the larger terms first.
            FloatVector half = shifted.reinterpretAsInts().sub(HALVE).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                    .reinterpretAsFloats();
            FloatVector first = half.sub(0.5f);
            first = Lanes.FMA ? high.fma(half, first) : high.mul(half).add(first);
            FloatVector result = Lanes.FMA ? rest.fma(half, first) : rest.mul(half).add(first);
            result.add(result).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yOffset + i);
        }
    }

    private static float expm1(float x) {
        float v = x > EXP_MAX ? EXP_MAX : x < EXPM1_MIN ? EXPM1_MIN : x;
        float shifted = Lanes.fma(v, LOG2_E, ROUNDER);
        float k = shifted - ROUNDER;
        float high = Lanes.fma(k, -LN2_HIGH, v);
        float low = k * -LN2_LOW;
        float r = high + low;
        float q = Lanes.fma(r, E6, E5);
        q = Lanes.fma(q, r, E4);
        q = Lanes.fma(q, r, E3);
        q = Lanes.fma(q, r, E2);
        float rest = Lanes.fma(q, r * r, low);
        float half = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) - HALVE) << EXPONENT_SHIFT);
        float result = Lanes.fma(rest, half, Lanes.fma(high, half, half - 0.5f));
        return Float.intBitsToFloat(Float.floatToRawIntBits(result + result) | (Float.floatToRawIntBits(x) & SIGN));
    }

    /**
     * tanh(x) = t / (|t| + 2) with t = exp(|2x|) - 1 and the sign of x; what the sum's rounding lost goes into the quotient's
     * correction.
     */
    private static void tanhFromExpm1(int n, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        if (main > 0) {
            tanhVectors(main, y, yOffset);
        }
        for (int i = main; i < n; i++) {
            float signed = y[yOffset + i];
            float t = Math.abs(signed);
            t = t > TANH_MAX ? TANH_MAX : t;
            float sum = t + 2f;
            float lost = t > 2f ? 2f - (sum - t) : t - (sum - 2f);
            float reciprocal = 1f / sum;
            float q = t * reciprocal;
            float rest = Lanes.fma(-q, lost, Lanes.fma(-q, sum, t));
            y[yOffset + i] = Math.copySign(Lanes.fma(rest, reciprocal, q), signed);
        }
    }

    private static void tanhVectors(int n, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector signed = FloatVector.fromArray(FLOATS, y, yOffset + i);
            FloatVector t = signed.abs();
            t = t.blend(TANH_MAX, t.compare(VectorOperators.GT, TANH_MAX));
            FloatVector sum = t.add(2f);
            VectorMask<Float> above = t.compare(VectorOperators.GT, 2f);
            FloatVector two = FloatVector.broadcast(FLOATS, 2f);
            FloatVector large = two.blend(t, above);
            FloatVector small = t.blend(two, above);
            FloatVector lost = small.sub(sum.sub(large));
            FloatVector reciprocal = FloatVector.broadcast(FLOATS, 1f).div(sum);
            FloatVector q = t.mul(reciprocal);
            FloatVector minusQ = q.neg();
            FloatVector rest = Lanes.FMA ? minusQ.fma(sum, t) : minusQ.mul(sum).add(t);
            rest = Lanes.FMA ? minusQ.fma(lost, rest) : minusQ.mul(lost).add(rest);
            q = Lanes.FMA ? rest.fma(reciprocal, q) : rest.mul(reciprocal).add(q);
            q.reinterpretAsInts().or(signed.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y,
                    yOffset + i);
        }
    }

    /**
     * From e = exp(x) to e / (1 + e): with a = min(e, 1) that is a - a · a / (1 + e), where only the subtraction's rounding
     * counts, and nothing overflows.
     */
    private static void sigmoidFromExp(int n, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector e = FloatVector.fromArray(FLOATS, y, yOffset + i);
            FloatVector one = FloatVector.broadcast(FLOATS, 1f);
            FloatVector a = one.blend(e, e.compare(VectorOperators.LT, 1f));
            (Lanes.FMA ? a.neg().fma(a.div(e.add(one)), a) : a.neg().mul(a.div(e.add(one))).add(a)).intoArray(y,
                    yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float e = y[yOffset + i];
            float a = e < 1f ? e : 1f;
            y[yOffset + i] = Lanes.fma(-a, a / (e + 1f), a);
        }
    }

    private static void minusAbs(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).abs().neg().intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = -Math.abs(x[xOffset + i]);
        }
    }

    /** log(1 + t) = 2 atanh(s) for t from 0 to 1, where s = t / (2 + t) and 2 s = t - t s. */
    private static void log1p(int n, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector t = FloatVector.fromArray(FLOATS, y, yOffset + i);
            FloatVector s = t.div(t.add(2f));
            FloatVector s2 = s.mul(s);
            FloatVector q = Lanes.FMA
                    ? s2.fma(FloatVector.broadcast(FLOATS, A9), FloatVector.broadcast(FLOATS, A7))
                    : s2.mul(FloatVector.broadcast(FLOATS, A9)).add(FloatVector.broadcast(FLOATS, A7));
            q = Lanes.FMA
                    ? q.fma(s2, FloatVector.broadcast(FLOATS, A5))
                    : q.mul(s2).add(FloatVector.broadcast(FLOATS, A5));
            q = Lanes.FMA
                    ? q.fma(s2, FloatVector.broadcast(FLOATS, A3))
                    : q.mul(s2).add(FloatVector.broadcast(FLOATS, A3));
            FloatVector twice = Lanes.FMA ? t.neg().fma(s, t) : t.neg().mul(s).add(t);
            (Lanes.FMA ? twice.mul(s2).fma(q, twice) : twice.mul(s2).mul(q).add(twice)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float t = y[yOffset + i];
            float s = t / (t + 2f);
            float s2 = s * s;
            float q = Lanes.fma(s2, A9, A7);
            q = Lanes.fma(q, s2, A5);
            q = Lanes.fma(q, s2, A3);
            float twice = Lanes.fma(-t, s, t);
            y[yOffset + i] = Lanes.fma(twice * s2, q, twice);
        }
    }
}
