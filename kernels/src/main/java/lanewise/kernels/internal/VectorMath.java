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
    private static final int EXP_MAX_BITS = Float.floatToRawIntBits(EXP_MAX);
    private static final int EXP_MIN_BITS = Float.floatToRawIntBits(EXP_MIN);
    // Up to this magnitude, exp is a normal number.
    private static final int MODERATE = Float.floatToRawIntBits(87f);
    private static final int MAGNITUDE = Integer.MAX_VALUE;
    // Adding it to a small number rounds that to an integer k, and k + 254, twice the exponent's bias, then stands in the
    // low bits of the sum.
    private static final float PLAIN_ROUNDER = 0x1.8p23f;
    private static final float ROUNDER = PLAIN_ROUNDER + 254;
    private static final float LOG2_E = 1.44269504f;
    // ln 2 in two parts; the first has 15 significant bits, so that its product with any exponent is exact.
    private static final float LN2_HIGH = 0.693145751953125f;
    private static final float LN2_LOW = 1.42860682e-6f;
    private static final int EXPONENT_SHIFT = 23;
    // From the k + 254 in the low bits of a sum with ROUNDER to the exponent of 2^(k - 1) with its bias.
    private static final int HALVE = 128;
    // Below this, exp(x) - 1 rounds to -1.
    private static final float EXPM1_MIN = -18f;
    private static final int EXPM1_MIN_BITS = Float.floatToRawIntBits(EXPM1_MIN);
    private static final int SIGN = Integer.MIN_VALUE;
    // Beyond this magnitude, tanh rounds to 1.
    private static final float TANH_MAX = 10f;
    private static final int TANH_MAX_BITS = Float.floatToRawIntBits(TANH_MAX);
    // Up to this magnitude, tanh is a polynomial.
    private static final float TANH_SMALL = 0.625f;

    // (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2: least worst error (Remez), 0.06 units of 2^-24 of exp(r).
    private static final float E2 = 0x1.fffffcp-2f;
    private static final float E3 = 0x1.555492p-3f;
    private static final float E4 = 0x1.5558f2p-5f;
    private static final float E5 = 0x1.123a2p-7f;
    private static final float E6 = 0x1.6a23dp-10f;

    // (tanh(x) / x - 1) / x^2 as a polynomial in x^2 for |x| <= 0.625: 0.08 units of 2^-24 of tanh(x).
    private static final float T3 = -0x1.555532p-2f;
    private static final float T5 = 0x1.110724p-3f;
    private static final float T7 = -0x1.b83bf4p-5f;
    private static final float T9 = 0x1.5223dep-6f;
    private static final float T11 = -0x1.75d50ap-8f;

    // (atanh(s) / s - 1) / s^2 as a polynomial in s^2 for 0 <= s <= 1/3: 0.09 units of 2^-24 of atanh(s).
    private static final float A3 = 0x1.555502p-2f;
    private static final float A5 = 0x1.99d208p-3f;
    private static final float A7 = 0x1.1ebd04p-3f;
    private static final float A9 = 0x1.1ed7ecp-3f;

    private VectorMath() {}

    /**
     * y = exp(x), within 0.9 ULP; underflows gradually.
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
     * y = exp(x − shift), within 0.9 ULP of that of the rounded difference; underflows gradually.
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param shift what is subtracted from them
     * @param y the results
     * @param yOffset index of the first
     */
    public static void exp(int n, float[] x, int xOffset, float shift, float[] y, int yOffset) {
        for (int i = 0; i < n; i += BLOCK) {
            int length = Math.min(BLOCK, n - i);
            int main = FLOATS.loopBound(length);
            if (isModerate(main, x, xOffset + i, shift)) {
                expOfModerate(main, x, xOffset + i, shift, y, yOffset + i);
            } else {
                expOfAny(main, x, xOffset + i, shift, y, yOffset + i);
            }
            for (int j = i + main; j < i + length; j++) {
                y[yOffset + j] = exp(x[xOffset + j] - shift);
            }
        }
    }

    /** Whether the exponentials of all arguments are normal numbers; magnitudes are compared as integers, where NaN is the greatest. */
    private static boolean isModerate(int n, float[] x, int xOffset, float shift) {
        IntVector greatest = FloatVector.zero(FLOATS).reinterpretAsInts();
        for (int i = 0; i < n; i += LANES) {
            greatest = FloatVector.fromArray(FLOATS, x, xOffset + i).sub(shift).reinterpretAsInts().and(MAGNITUDE)
                    .max(greatest);
        }
        return greatest.reduceLanes(VectorOperators.MAX) <= MODERATE;
    }

    /**
     * The same bits as {@link #expOfAny} in half the time: nothing is to be clamped, and 2^k is added to the exponent. As an argument waits
     * for each of its operations, what counts is how many the processor keeps waiting (disassembled and measured, decision 0017).
     */
    private static void expOfModerate(int n, float[] x, int xOffset, float shift, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i).sub(shift);
            // exp(v) = 2^k exp(r), where k is the integer next to v / ln 2.
            FloatVector rounder = FloatVector.broadcast(FLOATS, PLAIN_ROUNDER);
            FloatVector shifted = Lanes.FMA
                    ? v.fma(FloatVector.broadcast(FLOATS, LOG2_E), rounder)
                    : v.mul(FloatVector.broadcast(FLOATS, LOG2_E)).add(rounder);
            FloatVector k = shifted.sub(rounder);
            FloatVector r = Lanes.FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v)
                    : k.mul(FloatVector.broadcast(FLOATS, -LN2_HIGH)).add(v);
            r = Lanes.FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r)
                    : k.mul(FloatVector.broadcast(FLOATS, -LN2_LOW)).add(r);
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
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, 1f))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, 1f));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, 1f))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, 1f));
            shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).add(q.reinterpretAsInts())
                    .reinterpretAsFloats().intoArray(y, yOffset + i);
        }
    }

    private static void expOfAny(int n, float[] x, int xOffset, float shift, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector any = FloatVector.fromArray(FLOATS, x, xOffset + i).sub(shift);
            // As integers, floats of each sign are in the order of their magnitudes; NaN goes to a limit and is put back at the end.
            FloatVector v = any.reinterpretAsInts().min(EXP_MAX_BITS).lanewise(VectorOperators.UMIN, EXP_MIN_BITS)
                    .reinterpretAsFloats();
            FloatVector rounder = FloatVector.broadcast(FLOATS, ROUNDER);
            FloatVector shifted = Lanes.FMA
                    ? v.fma(FloatVector.broadcast(FLOATS, LOG2_E), rounder)
                    : v.mul(FloatVector.broadcast(FLOATS, LOG2_E)).add(rounder);
            FloatVector k = shifted.sub(rounder);
            FloatVector r = Lanes.FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v)
                    : k.mul(FloatVector.broadcast(FLOATS, -LN2_HIGH)).add(v);
            r = Lanes.FMA
                    ? k.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r)
                    : k.mul(FloatVector.broadcast(FLOATS, -LN2_LOW)).add(r);
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
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, 1f))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, 1f));
            q = Lanes.FMA
                    ? q.fma(r, FloatVector.broadcast(FLOATS, 1f))
                    : q.mul(r).add(FloatVector.broadcast(FLOATS, 1f));
            // 2^k as two factors, since it overflows for k = 128 and is subnormal below -126. Only the second product rounds.
            IntVector exponents = shifted.reinterpretAsInts();
            IntVector half = exponents.lanewise(VectorOperators.ASHR, 1);
            FloatVector factor = half.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            FloatVector rest = exponents.sub(half).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
            q.mul(factor).mul(rest).blend(any, any.compare(VectorOperators.NE, any)).intoArray(y, yOffset + i);
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
            expm1Vectors(main, scale, x, xOffset, y, yOffset);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = expm1(scale * x[xOffset + i]);
        }
    }

    /**
     * y = tanh(x), within 1.6 ULP; −0 gives −0. Small arguments by a polynomial, others as 1 − 2 / (exp(2|x|) + 1).
     *
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param scratch {@link #BLOCK} elements
     */
    public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset, float[] scratch) {
        for (int i = 0; i < n; i += BLOCK) {
            int length = Math.min(BLOCK, n - i);
            int main = FLOATS.loopBound(length);
            twiceMagnitudes(main, x, xOffset + i, scratch);
            expOfModerate(main, scratch, 0, 0f, scratch, 0);
            tanhFromExp(main, x, xOffset + i, scratch, y, yOffset + i);
            for (int j = i + main; j < i + length; j++) {
                y[yOffset + j] = tanh(x[xOffset + j]);
            }
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
     * y = x · sigmoid(v), as {@link #sigmoid} and one rounding.
     *
     * @param n number of elements, at most {@link #BLOCK}
     * @param v the arguments
     * @param vOffset index of the first
     * @param x the factors
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param scratch {@link #BLOCK} elements, which may be those of v
     */
    public static void timesSigmoid(int n, float[] v, int vOffset, float[] x, int xOffset, float[] y, int yOffset,
            float[] scratch) {
        exp(n, v, vOffset, scratch, 0);
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector e = FloatVector.fromArray(FLOATS, scratch, i);
            FloatVector one = FloatVector.broadcast(FLOATS, 1f);
            FloatVector a = one.blend(e, e.compare(VectorOperators.LT, 1f));
            (Lanes.FMA ? a.neg().fma(a.div(e.add(one)), a) : a.neg().mul(a.div(e.add(one))).add(a))
                    .mul(FloatVector.fromArray(FLOATS, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = sigmoidFromExp(scratch[i]) * x[xOffset + i];
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
        float r = Lanes.fma(k, -LN2_LOW, Lanes.fma(k, -LN2_HIGH, v));
        float q = Lanes.fma(r, E6, E5);
        q = Lanes.fma(q, r, E4);
        q = Lanes.fma(q, r, E3);
        q = Lanes.fma(q, r, E2);
        q = Lanes.fma(q, r, 1f);
        q = Lanes.fma(q, r, 1f);
        int exponents = Float.floatToRawIntBits(shifted);
        int half = exponents >> 1;
        return q * Float.intBitsToFloat(half << EXPONENT_SHIFT)
                * Float.intBitsToFloat((exponents - half) << EXPONENT_SHIFT);
    }

    private static void expm1Vectors(int n, float scale, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector any = FloatVector.fromArray(FLOATS, x, xOffset + i).mul(scale);
            FloatVector v = any.reinterpretAsInts().min(EXP_MAX_BITS).lanewise(VectorOperators.UMIN, EXPM1_MIN_BITS)
                    .reinterpretAsFloats();
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
            result = result.add(result).reinterpretAsInts().or(any.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
            result.blend(any, any.compare(VectorOperators.NE, any)).intoArray(y, yOffset + i);
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

    private static void twiceMagnitudes(int n, float[] x, int xOffset, float[] y) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).reinterpretAsInts().and(MAGNITUDE).min(TANH_MAX_BITS)
                    .reinterpretAsFloats().mul(2f).intoArray(y, i);
        }
    }

    private static void tanhFromExp(int n, float[] x, int xOffset, float[] exp, float[] y, int yOffset) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector large = FloatVector.fromArray(FLOATS, exp, i).add(1f);
            large = FloatVector.broadcast(FLOATS, 1f).sub(FloatVector.broadcast(FLOATS, 2f).div(large));
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            IntVector sign = v.reinterpretAsInts().and(SIGN);
            FloatVector v2 = v.mul(v);
            FloatVector q = Lanes.FMA
                    ? v2.fma(FloatVector.broadcast(FLOATS, T11), FloatVector.broadcast(FLOATS, T9))
                    : v2.mul(FloatVector.broadcast(FLOATS, T11)).add(FloatVector.broadcast(FLOATS, T9));
            q = Lanes.FMA
                    ? q.fma(v2, FloatVector.broadcast(FLOATS, T7))
                    : q.mul(v2).add(FloatVector.broadcast(FLOATS, T7));
            q = Lanes.FMA
                    ? q.fma(v2, FloatVector.broadcast(FLOATS, T5))
                    : q.mul(v2).add(FloatVector.broadcast(FLOATS, T5));
            q = Lanes.FMA
                    ? q.fma(v2, FloatVector.broadcast(FLOATS, T3))
                    : q.mul(v2).add(FloatVector.broadcast(FLOATS, T3));
            q = Lanes.FMA ? q.fma(v2.mul(v), v) : q.mul(v2.mul(v)).add(v);
            // NaN is not greater: it comes from the polynomial.
            q = q.blend(large, v.abs().compare(VectorOperators.GT, TANH_SMALL));
            q.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yOffset + i);
        }
    }

    private static float tanh(float x) {
        float magnitude = Math.abs(x);
        if (magnitude > TANH_SMALL) {
            float large = 1f - 2f / (exp(2f * Math.min(magnitude, TANH_MAX)) + 1f);
            return Math.copySign(large, x);
        }
        float x2 = x * x;
        float q = Lanes.fma(x2, T11, T9);
        q = Lanes.fma(q, x2, T7);
        q = Lanes.fma(q, x2, T5);
        q = Lanes.fma(q, x2, T3);
        return Math.copySign(Lanes.fma(q, x2 * x, x), x);
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
            y[yOffset + i] = sigmoidFromExp(y[yOffset + i]);
        }
    }

    private static float sigmoidFromExp(float e) {
        float a = e < 1f ? e : 1f;
        return Lanes.fma(-a, a / (e + 1f), a);
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
