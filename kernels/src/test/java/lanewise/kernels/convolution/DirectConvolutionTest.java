package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The direct convolution against the definition, on integers, where every sum is exact. */
class DirectConvolutionTest {

    private static final int GUARD = 3;
    private static final float UNTOUCHED = 77;
    private static final Workers WORKERS = Workers.of(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void anyGeometry() {
        Random random = new Random(1);
        for (int i = 0; i < 120; i++) {
            compare(NaiveConvolution.geometry(random, false));
        }
    }

    @Test
    void depthwiseGeometry() {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            compare(NaiveConvolution.geometry(random, true));
        }
    }

    @Test
    void largerThanOneBand() {
        compare(ConvolutionGeometry.of2d(1, 7, 150, 131, 3, 7, 7).stride(2).padding(3));
        compare(ConvolutionGeometry.of2d(1, 3, 260, 301, 2, 3, 3).padding(1));
        compare(ConvolutionGeometry.of2d(3, 2, 30, 31, 70, 3, 3));
        compare(ConvolutionGeometry.of2d(0, 2, 5, 5, 3, 3, 3));
    }

    @Test
    void biasAndActivationComeLast() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(2, 1, 9, 9, 3, 3, 3).padding(1);
        float[] x = NaiveConvolution.integers(g.imageLength(), 1);
        float[] filter = NaiveConvolution.integers(g.filterLength(), 2);
        float[] bias = {0, 100, -5, 30};
        float[] y = new float[g.outputLength()];
        DirectConvolution.forward(WORKERS, g, x, 0, filter, 0, bias, 1, Activation.RELU, y, 0);
        double[] sums = NaiveConvolution.forward(g, x, filter);
        for (int i = 0; i < y.length; i++) {
            assertEquals(Math.max(0, sums[i] + bias[1 + i / 81 % 3]), y[i], 0);
        }
    }

    private static void compare(ConvolutionGeometry g) {
        assertTrue(DirectConvolution.supports(g));
        float[] x = NaiveConvolution.integers(g.imageLength(), 1);
        float[] filter = NaiveConvolution.integers(g.filterLength(), 2);
        float[] dy = NaiveConvolution.integers(g.outputLength(), 3);
        float[] y = guarded(g.outputLength(), Float.NaN);
        DirectConvolution.forward(WORKERS, g, x, 0, filter, 0, null, 0, Activation.IDENTITY, y, GUARD);
        assertGuarded(g, NaiveConvolution.forward(g, x, filter), 0, y);
        double[] exact = NaiveConvolution.backwardData(g, dy, filter);
        for (boolean accumulate : new boolean[]{false, true}) {
            float[] dx = guarded(g.imageLength(), accumulate ? 5 : Float.NaN);
            DirectConvolution.backwardData(WORKERS, g, dy, 0, filter, 0, dx, GUARD, accumulate);
            assertGuarded(g, exact, accumulate ? 5 : 0, dx);
        }
        double[] gradient = NaiveConvolution.backwardFilter(g, x, dy);
        for (boolean accumulate : new boolean[]{false, true}) {
            float[] dFilter = guarded(g.filterLength(), accumulate ? 5 : Float.NaN);
            DirectFilterGradient.run(WORKERS, g, x, 0, dy, 0, dFilter, GUARD, accumulate);
            assertGuarded(g, gradient, accumulate ? 5 : 0, dFilter);
        }
    }

    static float[] guarded(int length, float value) {
        float[] guarded = new float[length + 2 * GUARD];
        Arrays.fill(guarded, UNTOUCHED);
        Arrays.fill(guarded, GUARD, GUARD + length, value);
        return guarded;
    }

    static void assertGuarded(ConvolutionGeometry g, double[] exact, float plus, float[] guarded) {
        float[] expected = guarded(exact.length, 0);
        for (int i = 0; i < exact.length; i++) {
            expected[GUARD + i] = (float) exact[i] + plus;
        }
        assertArrayEquals(expected, guarded, 0f, g::toString);
    }
}
