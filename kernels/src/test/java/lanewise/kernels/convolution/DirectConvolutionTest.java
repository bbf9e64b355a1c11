package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Convolutions that are no implicit product against the definition, on integers, where every sum is exact. */
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
            compare(NaiveConvolution.geometry(random, false), ConvolutionAlgorithm.DIRECT);
        }
    }

    @Test
    void depthwiseGeometry() {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            compare(NaiveConvolution.geometry(random, true), ConvolutionAlgorithm.DEPTHWISE);
        }
    }

    @Test
    void depthwiseThreeByThree() {
        for (int w : new int[]{1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 28, 33, 40}) {
            for (int h : new int[]{1, 2, 3, 6}) {
                for (int multiplier = 1; multiplier <= 2; multiplier++) {
                    compare(ConvolutionGeometry.of2d(2, 3, h, w, 3 * multiplier, 3, 3).padding(1).groups(3),
                            ConvolutionAlgorithm.DEPTHWISE);
                }
            }
        }
    }

    @Test
    void textbookWay() {
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            compare(NaiveConvolution.geometry(random, false), ConvolutionAlgorithm.IM2COL);
        }
        compare(ConvolutionGeometry.of2d(0, 2, 5, 5, 3, 3, 3), ConvolutionAlgorithm.IM2COL);
    }

    @Test
    void morePaddingThanSomeVectors() {
        for (int kernel : new int[]{41, 81, 301}) {
            compare(ConvolutionGeometry.of2d(2, 2, 3, kernel / 2 + 3, 12, 1, kernel).padding(0, kernel / 2),
                    ConvolutionAlgorithm.DIRECT);
            compare(ConvolutionGeometry.of1d(2, 2, kernel / 2 + 3, 3, kernel).padding(kernel / 2),
                    ConvolutionAlgorithm.DIRECT);
        }
    }

    /** The zeros between two rows are then fewer than those that a row begins and ends with. */
    @Test
    void morePaddingThanTheFilterReaches() {
        for (int images : new int[]{1, 3, 16, 19}) {
            for (int padding = 0; padding < 5; padding++) {
                for (int outC : new int[]{1, 2, 3, 5, 6, 8, 14}) {
                    compare(ConvolutionGeometry.of2d(images, 2, 40, 1, outC, 2, 1).padding(0, padding).dilation(2, 1),
                            ConvolutionAlgorithm.DIRECT);
                    compare(ConvolutionGeometry.of2d(images, 1, 12, 3, outC, 3, 2).padding(1, padding + 20),
                            ConvolutionAlgorithm.DIRECT);
                }
            }
        }
    }

    @Test
    void filterGradientsKnowOnlyWhatTheirTapsMeet() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(2, 2, 5, 6, 3, 3, 3).padding(1);
        for (float special : new float[]{Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] x = NaiveConvolution.integers(g.imageLength(), 1);
            float[] dy = NaiveConvolution.integers(g.outputLength(), 2);
            x[2 * 6] = special; // the first column, which the right taps never meet
            dy[g.outputLength() - 1] = special; // a corner, which meets four taps
            double[] expected = NaiveConvolution.backwardFilter(g, x, dy);
            float[] actual = new float[g.filterLength()];
            Convolution.backwardFilter(WORKERS, g, ConvolutionAlgorithm.DIRECT, x, 0, dy, 0, actual, 0, false);
            for (int i = 0; i < actual.length; i++) {
                assertEquals((float) expected[i], actual[i], "element " + i);
            }
        }
    }

    @Test
    void depthwiseNeedsAsManyGroupsAsChannels() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(1, 4, 3, 3, 4, 3, 3).padding(1).groups(2);
        String message = assertThrows(IllegalArgumentException.class,
                () -> Convolution.forward(WORKERS, g, ConvolutionAlgorithm.DEPTHWISE, new float[36], 0, new float[72],
                        0,
                        null, 0, Activation.IDENTITY, new float[36], 0))
                .getMessage();
        assertTrue(
                message.startsWith("Convolution.forward: algorithm = DEPTHWISE, need as many groups as channels, not"),
                message);
    }

    @Test
    void largerThanOneBand() {
        compare(ConvolutionGeometry.of2d(1, 7, 150, 131, 3, 7, 7).stride(2).padding(3), ConvolutionAlgorithm.DIRECT);
        compare(ConvolutionGeometry.of2d(1, 3, 260, 301, 2, 3, 3).padding(1), ConvolutionAlgorithm.DIRECT);
        compare(ConvolutionGeometry.of2d(3, 2, 30, 31, 70, 3, 3), ConvolutionAlgorithm.DIRECT);
        compare(ConvolutionGeometry.of2d(0, 2, 5, 5, 3, 3, 3), ConvolutionAlgorithm.DIRECT);
    }

    @Test
    void biasAndActivationComeLast() {
        for (ConvolutionAlgorithm algorithm : new ConvolutionAlgorithm[]{ConvolutionAlgorithm.DIRECT,
                ConvolutionAlgorithm.DEPTHWISE, ConvolutionAlgorithm.IM2COL}) {
            ConvolutionGeometry g = ConvolutionGeometry.of2d(2, 1, 9, 20, 3, 3, 3).padding(1);
            float[] x = NaiveConvolution.integers(g.imageLength(), 1);
            float[] filter = NaiveConvolution.integers(g.filterLength(), 2);
            float[] bias = {0, 100, -5, 30};
            float[] y = new float[g.outputLength()];
            Convolution.forward(WORKERS, g, algorithm, x, 0, filter, 0, bias, 1, Activation.RELU, y, 0);
            double[] sums = NaiveConvolution.forward(g, x, filter);
            for (int i = 0; i < y.length; i++) {
                assertEquals(Math.max(0, sums[i] + bias[1 + i / 180 % 3]), y[i], 0);
            }
        }
    }

    @Test
    void manyNarrowImages() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            compare(narrow(random), ConvolutionAlgorithm.DIRECT);
        }
        compare(ConvolutionGeometry.of2d(16, 40, 20, 28, 3, 3, 3).padding(1), ConvolutionAlgorithm.DIRECT);
    }

    @Test
    void anImageHasTheSameBitsAloneAndAmongOthers() {
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            ConvolutionGeometry all = narrow(random);
            ConvolutionGeometry one = copy(all, 1);
            float[] x = NaiveConvolution.integers(all.imageLength(), 1);
            float[] filter = NaiveConvolution.integers(all.filterLength(), 2);
            float[] dy = NaiveConvolution.integers(all.outputLength(), 3);
            float[] bias = NaiveConvolution.integers(all.outC(), 4);
            for (float[] operand : new float[][]{x, filter, dy, bias}) {
                for (int j = 0; j < operand.length; j++) {
                    operand[j] += random.nextFloat();
                }
            }
            float[] y = new float[all.outputLength()];
            float[] dx = new float[all.imageLength()];
            ConvolutionAlgorithm direct = ConvolutionAlgorithm.DIRECT;
            Convolution.forward(WORKERS, all, direct, x, 0, filter, 0, bias, 0, Activation.SIGMOID, y, 0);
            Convolution.backwardData(WORKERS, all, direct, dy, 0, filter, 0, dx, 0, false);
            float[] yAlone = new float[y.length];
            float[] dxAlone = new float[dx.length];
            for (int image = 0; image < all.n(); image++) {
                int xAt = image * one.imageLength();
                int yAt = image * one.outputLength();
                Convolution.forward(WORKERS, one, direct, x, xAt, filter, 0, bias, 0, Activation.SIGMOID, yAlone, yAt);
                Convolution.backwardData(WORKERS, one, direct, dy, yAt, filter, 0, dxAlone, xAt, false);
            }
            assertArrayEquals(yAlone, y, all::toString);
            assertArrayEquals(dxAlone, dx, all::toString);
        }
    }

    /** Enough images, and few enough positions in a row, for images to lie side by side. */
    private static ConvolutionGeometry narrow(Random random) {
        int kernelD = 1 + random.nextInt(2);
        int kernelH = 1 + random.nextInt(4);
        int kernelW = 1 + random.nextInt(5);
        int groups = 1 + random.nextInt(2);
        return ConvolutionGeometry.of3d(15 + random.nextInt(36), groups * (1 + random.nextInt(5)),
                kernelD + random.nextInt(2), kernelH + random.nextInt(12), kernelW + random.nextInt(9),
                groups * (1 + random.nextInt(18)), kernelD, kernelH, kernelW)
                .padding(random.nextInt(2), random.nextInt(kernelH), random.nextInt(kernelW))
                .stride(1 + random.nextInt(2), 1 + random.nextInt(2), 1)
                .groups(groups);
    }

    private static ConvolutionGeometry copy(ConvolutionGeometry g, int n) {
        return ConvolutionGeometry
                .of3d(n, g.c(), g.depth().input(), g.height().input(), g.width().input(), g.outC(), g.depth().kernel(),
                        g.height().kernel(), g.width().kernel())
                .padding(g.depth().padBegin(), g.height().padBegin(), g.width().padBegin())
                .stride(g.depth().stride(), g.height().stride(), g.width().stride()).groups(g.groups());
    }

    private static void compare(ConvolutionGeometry g, ConvolutionAlgorithm algorithm) {
        float[] x = NaiveConvolution.integers(g.imageLength(), 1);
        float[] filter = NaiveConvolution.integers(g.filterLength(), 2);
        float[] dy = NaiveConvolution.integers(g.outputLength(), 3);
        float[] y = guarded(g.outputLength(), Float.NaN);
        Convolution.forward(WORKERS, g, algorithm, x, 0, filter, 0, null, 0, Activation.IDENTITY, y, GUARD);
        assertGuarded(g, NaiveConvolution.forward(g, x, filter), 0, y);
        double[] exact = NaiveConvolution.backwardData(g, dy, filter);
        for (boolean accumulate : new boolean[]{false, true}) {
            float[] dx = guarded(g.imageLength(), accumulate ? 5 : Float.NaN);
            Convolution.backwardData(WORKERS, g, algorithm, dy, 0, filter, 0, dx, GUARD, accumulate);
            assertGuarded(g, exact, accumulate ? 5 : 0, dx);
        }
        double[] gradient = NaiveConvolution.backwardFilter(g, x, dy);
        for (boolean accumulate : new boolean[]{false, true}) {
            float[] dFilter = guarded(g.filterLength(), accumulate ? 5 : Float.NaN);
            Convolution.backwardFilter(WORKERS, g, algorithm, x, 0, dy, 0, dFilter, GUARD, accumulate);
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
