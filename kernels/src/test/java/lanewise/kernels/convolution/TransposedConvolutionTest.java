package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The transposed convolution: by hand, and against the definition on integers, where every sum is exact. */
class TransposedConvolutionTest {

    private static final Workers WORKERS = Workers.of(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void everyElementAddsTheFilter() {
        TransposedConvolutionGeometry g = TransposedConvolutionGeometry.of1d(1, 1, 3, 1, 3).stride(2);
        float[] y = new float[7];
        TransposedConvolution.forward(WORKERS, g, new float[]{1, 10, 100}, 0, new float[]{1, 2, 3}, 0, null, 0,
                Activation.IDENTITY, y, 0);
        assertArrayEquals(new float[]{1, 2, 13, 20, 130, 200, 300}, y);
    }

    @Test
    void paddingOfTheResultAndBias() {
        TransposedConvolutionGeometry g = TransposedConvolutionGeometry.of1d(1, 1, 2, 2, 1).stride(3).outputPadding(2)
                .padding(new int[]{0}, new int[]{1});
        float[] y = new float[10];
        TransposedConvolution.forward(WORKERS, g, new float[]{5, -7}, 0, new float[]{1, 2}, 0, new float[]{1, -1}, 0,
                Activation.RELU, y, 0);
        assertArrayEquals(new float[]{6, 1, 1, 0, 1, 9, 0, 0, 0, 0}, y);
    }

    @Test
    void anyGeometry() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            int c = 1 + random.nextInt(3);
            int outC = 1 + random.nextInt(3);
            int groups = 1 + random.nextInt(2);
            int stride = 1 + random.nextInt(3);
            int kernelH = 1 + random.nextInt(3);
            int kernelW = 1 + random.nextInt(4);
            int pad = random.nextInt(Math.min(kernelH, kernelW));
            compare(TransposedConvolutionGeometry.of2d(1 + random.nextInt(2), groups * c, 2 + random.nextInt(4),
                    2 + random.nextInt(20), groups * outC, kernelH, kernelW).stride(stride)
                    .outputPadding(random.nextInt(stride)).padding(pad).dilation(1 + random.nextInt(2)).groups(groups));
        }
    }

    private static void compare(TransposedConvolutionGeometry g) {
        ConvolutionGeometry adjoint = g.adjoint();
        float[] x = NaiveConvolution.integers(adjoint.outputLength(), 1);
        float[] filter = NaiveConvolution.integers(adjoint.filterLength(), 2);
        float[] dy = NaiveConvolution.integers(adjoint.imageLength(), 3);
        float[] y = new float[dy.length];
        TransposedConvolution.forward(WORKERS, g, x, 0, filter, 0, null, 0, Activation.IDENTITY, y, 0);
        assertExact(NaiveConvolution.backwardData(adjoint, x, filter), 0, y);
        for (boolean accumulate : new boolean[]{false, true}) {
            float old = accumulate ? 5 : Float.NaN;
            float plus = accumulate ? 5 : 0;
            float[] dx = filled(x.length, old);
            TransposedConvolution.backwardData(WORKERS, g, dy, 0, filter, 0, dx, 0, accumulate);
            assertExact(NaiveConvolution.forward(adjoint, dy, filter), plus, dx);
            float[] dFilter = filled(filter.length, old);
            TransposedConvolution.backwardFilter(WORKERS, g, x, 0, dy, 0, dFilter, 0, accumulate);
            assertExact(NaiveConvolution.backwardFilter(adjoint, dy, x), plus, dFilter);
            double[] sums = new double[adjoint.c()];
            for (int i = 0; i < dy.length; i++) {
                sums[i / (dy.length / adjoint.n() / adjoint.c()) % adjoint.c()] += dy[i];
            }
            float[] dBias = filled(sums.length, old);
            TransposedConvolution.backwardBias(WORKERS, g, dy, 0, dBias, 0, accumulate);
            assertExact(sums, plus, dBias);
        }
    }

    private static float[] filled(int length, float value) {
        float[] array = new float[length];
        Arrays.fill(array, value);
        return array;
    }

    private static void assertExact(double[] exact, float plus, float[] actual) {
        float[] expected = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            expected[i] = (float) exact[i] + plus;
        }
        assertArrayEquals(expected, actual, 0f);
    }

    @Test
    void anOutputPaddingOfAStrideIsRefused() {
        TransposedConvolutionGeometry g = TransposedConvolutionGeometry.of1d(1, 1, 3, 1, 3).stride(2).outputPadding(2);
        assertEquals("TransposedConvolutionGeometry: outputPadding = 2, need less than stride = 2",
                assertThrows(IllegalArgumentException.class, g::adjoint).getMessage());
    }

    @Test
    void aResultOfNothingIsRefused() {
        TransposedConvolutionGeometry g = TransposedConvolutionGeometry.of1d(1, 1, 1, 1, 2).padding(1);
        assertEquals("TransposedConvolutionGeometry: a size of y would be 0, need 1 to 2147483647",
                assertThrows(IllegalArgumentException.class, g::adjoint).getMessage());
    }
}
