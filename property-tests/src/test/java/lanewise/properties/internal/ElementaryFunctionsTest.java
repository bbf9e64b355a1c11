package lanewise.properties.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lanewise.kernels.internal.ErrorFunction;
import lanewise.kernels.internal.Logarithm;
import lanewise.kernels.internal.VectorMath;
import lanewise.testing.reference.ElementaryErrors;
import lanewise.testing.reference.GeluReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The elementary functions beside double precision, in units in the last place of the exact value. */
class ElementaryFunctionsTest {

    /** A function with the bound that its documentation gives. */
    private record Function(String name, double bound, Kernel kernel, DoubleUnaryOperator exact) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Function> functions() {
        return Stream.of(new Function("exp", ElementaryErrors.EXP, VectorMath::exp, Math::exp),
                new Function("expm1", 1.25, (n, x, xo, y, yo) -> VectorMath.expm1(n, 1f, x, xo, y, yo), Math::expm1),
                new Function("log", ElementaryErrors.LOG, Logarithm::log, Math::log),
                new Function("tanh", 1.6,
                        (n, x, xo, y, yo) -> VectorMath.tanh(n, x, xo, y, yo, new float[VectorMath.BLOCK]),
                        Math::tanh),
                new Function("sigmoid", ElementaryErrors.SIGMOID, VectorMath::sigmoid, x -> 1 / (1 + Math.exp(-x))),
                new Function("erf", ElementaryErrors.ERF, (n, x, xo, y, yo) -> ErrorFunction.erf(n, 1f, x, xo, y, yo),
                        GeluReference::erf));
    }

    @FunctionalInterface
    private interface Kernel {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    @ParameterizedTest
    @MethodSource("functions")
    @DisplayName("one float in 2029 is within the bound")
    void sample(Function function) {
        check(function, 2029);
    }

    @ParameterizedTest
    @MethodSource("functions")
    @Tag("floats")
    @DisplayName("every float is within the bound")
    void all(Function function) {
        check(function, 1);
    }

    private static void check(Function function, int step) {
        int parts = 1 << 12;
        Worst[] worst = new Worst[parts];
        IntStream.range(0, parts).parallel().forEach(part -> worst[part] = worst(function, part, parts, step));
        Worst of = Arrays.stream(worst).max((a, b) -> Double.compare(a.error, b.error)).orElseThrow();
        System.out.printf("%s: worst error %.3f ULP, at %s (%s)%n", function, of.error, of.at,
                Float.toHexString(of.at));
        assertTrue(of.error <= function.bound(),
                () -> function + " at " + of.at + " is " + of.error + " ULP away, bound " + function.bound());
    }

    private record Worst(double error, float at) {}

    private static Worst worst(Function function, int part, int parts, int step) {
        int n = 1024;
        float[] x = new float[n];
        float[] y = new float[n];
        double error = 0;
        float at = 0;
        long end = Integer.MIN_VALUE + (part + 1L) * ((1L << 32) / parts);
        for (long bits = Integer.MIN_VALUE + part * ((1L << 32) / parts); bits < end;) {
            for (int i = 0; i < n; i++, bits += step) {
                x[i] = Float.intBitsToFloat((int) Math.min(bits, end - 1));
            }
            function.kernel().apply(n, x, 0, y, 0);
            for (int i = 0; i < n; i++) {
                double e = error(function.exact().applyAsDouble(x[i]), y[i]);
                if (e > error) {
                    error = e;
                    at = x[i];
                }
            }
        }
        return new Worst(error, at);
    }

    /** In units of the exact value's own binade; infinite where NaN or an infinity is wrong. */
    private static double error(double exact, float actual) {
        if (Double.isNaN(exact) || Float.isInfinite((float) exact)) {
            return Float.compare((float) exact, actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double unit = Math.max(Float.MIN_VALUE, Math.ulp(exact) * 0x1p29);
        double error = Math.abs(actual - exact) / unit;
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
