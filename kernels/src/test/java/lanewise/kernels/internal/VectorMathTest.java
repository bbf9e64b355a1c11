package lanewise.kernels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Error bounds over floats of every exponent, special values, and tails with the bits of the main loop. */
class VectorMathTest {

    /** One float in so many: prime, so that every pattern of low bits turns up. */
    private static final int STEP = 4099;

    @Test
    void expIsWithinItsBound() {
        assertBound(0.9, VectorMath::exp, Math::exp);
    }

    @Test
    void sigmoidIsWithinItsBound() {
        assertBound(1.65, VectorMath::sigmoid, x -> x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));
    }

    @Test
    void log1pExpOfMinusAbsIsWithinItsBound() {
        assertBound(2.1, VectorMath::log1pExpOfMinusAbs, x -> Math.log1p(Math.exp(-Math.abs(x))));
    }

    @Test
    void expm1IsWithinItsBound() {
        assertBound(1.25, (n, x, xo, y, yo) -> VectorMath.expm1(n, 1f, x, xo, y, yo), Math::expm1);
    }

    @Test
    void tanhIsWithinItsBound() {
        assertBound(1.6, VectorMathTest::tanh, Math::tanh);
    }

    @Test
    void logIsWithinItsBound() {
        assertBound(0.9, Logarithm::log, Math::log);
    }

    @Test
    void zerosKeepTheirSigns() {
        assertEquals(-0f, at(VectorMathTest::tanh, -0f));
        assertEquals(0f, at(VectorMathTest::tanh, 0f));
        assertEquals(-0f, at((n, x, xo, y, yo) -> VectorMath.expm1(n, 1f, x, xo, y, yo), -0f));
        assertEquals(-0f, at((n, x, xo, y, yo) -> ErrorFunction.erf(n, 1f, x, xo, y, yo), -0f));
    }

    @Test
    void specialValues() {
        float inf = Float.POSITIVE_INFINITY;
        assertEquals(1f, at(VectorMath::exp, -0f));
        assertEquals(inf, at(VectorMath::exp, inf));
        assertEquals(inf, at(VectorMath::exp, 88.722839f + 8e-6f));
        assertEquals(0f, at(VectorMath::exp, -inf));
        assertEquals(0f, at(VectorMath::exp, -103.97209f));
        assertEquals(Float.MIN_VALUE, at(VectorMath::exp, -103.97207f));
        assertEquals(Float.NaN, at(VectorMath::exp, Float.NaN));
        assertEquals(Float.NaN, at(VectorMath::exp, Float.intBitsToFloat(0xFF812345)));
        assertEquals(Float.NaN, at(VectorMath::sigmoid, Float.NaN));
        assertEquals(0f, at(VectorMath::log1pExpOfMinusAbs, inf));
        assertEquals(0f, at(VectorMath::log1pExpOfMinusAbs, -inf));
        assertEquals(Float.NaN, at(VectorMath::log1pExpOfMinusAbs, Float.NaN));
        assertEquals(1f, at(VectorMathTest::tanh, inf));
        assertEquals(-1f, at(VectorMathTest::tanh, -inf));
        assertEquals(Float.NaN, at(VectorMathTest::tanh, Float.NaN));
        assertEquals(inf, at(Logarithm::log, inf));
        assertEquals(-inf, at(Logarithm::log, 0f));
        assertEquals(-inf, at(Logarithm::log, -0f));
        assertEquals(Float.NaN, at(Logarithm::log, -Float.MIN_VALUE));
        assertEquals(Float.NaN, at(Logarithm::log, -inf));
        assertEquals(Float.NaN, at(Logarithm::log, Float.NaN));
        assertEquals((float) Math.log(Float.MIN_VALUE), at(Logarithm::log, Float.MIN_VALUE));
    }

    @Test
    void functionsOfZeroElementsDoNothing() {
        VectorMath.exp(0, null, 0, null, 0);
        VectorMath.sigmoid(0, null, 0, null, 0);
        VectorMath.log1pExpOfMinusAbs(0, null, 0, null, 0);
    }

    private interface Function {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    /** The value at x from the main loop, after checking that a tail gives the same bits. */
    private static float at(Function f, float x) {
        float[] array = new float[Lanes.LANES + 1];
        Arrays.fill(array, x);
        f.apply(array.length, array, 0, array, 0);
        assertSameBits(array[0], array[Lanes.LANES], x);
        return array[0];
    }

    private static void assertBound(double ulps, Function f, DoubleUnaryOperator exact) {
        int n = 1024;
        float[] x = new float[n];
        float[] y = new float[n];
        float[] tail = new float[1];
        long bits = Integer.MIN_VALUE;
        while (bits <= Integer.MAX_VALUE) {
            for (int i = 0; i < n; i++, bits += STEP) {
                float v = Float.intBitsToFloat((int) Math.min(bits, Integer.MAX_VALUE));
                x[i] = Float.isFinite(v) ? v : 0f;
            }
            f.apply(n, x, 0, y, 0);
            for (int i = 0; i < n; i++) {
                assertClose(ulps, exact.applyAsDouble(x[i]), y[i], x[i]);
            }
            f.apply(1, x, 17, tail, 0);
            assertSameBits(y[17], tail[0], x[17]);
        }
    }

    private static void assertClose(double ulps, double exact, float actual, float x) {
        if (Double.isNaN(exact) || Float.isInfinite((float) exact)) {
            assertEquals((float) exact, actual, "at " + x);
        } else {
            // The unit of the exact value's own binade, also where it rounds up to the next.
            double unit = Math.max(Float.MIN_VALUE, Math.ulp(exact) * 0x1p29);
            double error = Math.abs(actual - exact) / unit;
            assertTrue(error <= ulps, () -> actual + " at " + x + " is " + error + " ULP from " + exact);
        }
    }

    private static void assertSameBits(float expected, float actual, float x) {
        assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(actual), () -> "bits at " + x);
    }

    private static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        VectorMath.tanh(n, x, xOffset, y, yOffset, new float[VectorMath.BLOCK]);
    }
}
