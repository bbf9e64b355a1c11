package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import org.junit.jupiter.api.Test;

class WinogradConvolutionTest {

    private static final int GUARD = 3;

    private final Random random = new Random(11);

    @Test
    void onePixel() {
        float[] y = new float[1];
        try (Workers workers = Workers.single()) {
            Convolution.forward(workers, ConvolutionGeometry.of2d(1, 1, 1, 1, 1, 3, 3).padding(1),
                    ConvolutionAlgorithm.WINOGRAD, new float[]{2}, 0, new float[]{1, 2, 3, 4, 5, 6, 7, 8, 9}, 0,
                    new float[]{-20}, 0, Activation.IDENTITY, y, 0);
        }
        assertEquals(-10, y[0], 1e-5);
    }

    @Test
    void everySizeAndPadding() {
        for (int size = 1; size <= 19; size++) {
            for (int paddings = size % 7; paddings < 81; paddings += 7) {
                int[] begin = {paddings % 3, paddings / 3 % 3};
                int[] end = {paddings / 9 % 3, paddings / 27};
                int h = size;
                int w = 1 + random.nextInt(19);
                if (h + begin[0] + end[0] >= 3 && w + begin[1] + end[1] >= 3) {
                    check(ConvolutionGeometry
                            .of2d(1 + random.nextInt(3), 1 + random.nextInt(9), h, w, 1 + random.nextInt(13), 3, 3)
                            .padding(begin, end));
                }
            }
        }
    }

    @Test
    void tilesOfManyImagesInOneVector() {
        check(ConvolutionGeometry.of2d(40, 5, 3, 3, 7, 3, 3).padding(1));
        check(ConvolutionGeometry.of2d(7, 5, 7, 7, 70, 3, 3).padding(1));
    }

    @Test
    void manyBlocksOfTilesAndRows() {
        check(ConvolutionGeometry.of2d(1, 40, 67, 83, 71, 3, 3).padding(1));
        check(ConvolutionGeometry.of2d(9, 130, 14, 15, 33, 3, 3).padding(1, 0));
        check(ConvolutionGeometry.of2d(1, 33, 14, 15, 130, 3, 3).padding(0, 1));
    }

    @Test
    void moreChannelsThanOneProductTakes() {
        check(ConvolutionGeometry.of2d(1, 2100, 5, 5, 3, 3, 3).padding(1));
        check(ConvolutionGeometry.of2d(1, 3, 5, 5, 2100, 3, 3).padding(1));
    }

    @Test
    void filtersInSeveralPasses() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(3, 6, 9, 10, 14, 3, 3).padding(1);
        float[] x = numbers(g.imageLength());
        float[] filter = numbers(g.filterLength());
        float[] once = new float[g.outputLength()];
        float[] often = new float[g.outputLength()];
        try (Workers workers = Workers.single()) {
            new WinogradConvolution().forward(workers, g, x, 0, filter, 0, null, 0, Activation.IDENTITY, once, 0);
            new WinogradConvolution(3000).forward(workers, g, x, 0, filter, 0, null, 0, Activation.IDENTITY, often, 0);
        }
        assertArrayEquals(once, often);
    }

    @Test
    void theSameBitsInABatchAndOnSeveralThreads() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(5, 20, 21, 18, 24, 3, 3).padding(1);
        ConvolutionGeometry single = ConvolutionGeometry.of2d(1, 20, 21, 18, 24, 3, 3).padding(1);
        float[] x = numbers(g.imageLength());
        float[] filter = numbers(g.filterLength());
        float[] y = new float[g.outputLength()];
        float[] last = new float[single.outputLength()];
        try (Workers workers = Workers.of(3)) {
            Convolution.forward(workers, g, ConvolutionAlgorithm.WINOGRAD, x, 0, filter, 0, null, 0, Activation.SIGMOID,
                    y, 0);
            new WinogradConvolution().forward(workers, single, x, x.length - single.imageLength(), filter, 0, null, 0,
                    Activation.SIGMOID, last, 0);
        }
        assertArrayEquals(last, Arrays.copyOfRange(y, y.length - last.length, y.length));
    }

    @Test
    void onlyWhatItCanDo() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(1, 1, 9, 9, 1, 3, 3);
        assertRefused(g.stride(2));
        assertRefused(g.dilation(2));
        assertRefused(g.padding(3));
        assertRefused(ConvolutionGeometry.of2d(1, 1, 9, 9, 1, 5, 3));
        assertRefused(ConvolutionGeometry.of2d(1, 2, 9, 9, 2, 3, 3).groups(2));
        assertRefused(ConvolutionGeometry.of1d(1, 1, 9, 1, 3));
    }

    @Test
    void paysWithManyChannelsAndPixels() {
        assertTrue(WinogradConvolution.pays(ConvolutionGeometry.of2d(8, 64, 56, 56, 64, 3, 3).padding(1)));
        assertTrue(WinogradConvolution.pays(ConvolutionGeometry.of2d(1, 64, 56, 56, 64, 3, 3).padding(1)));
        assertFalse(WinogradConvolution.pays(ConvolutionGeometry.of2d(8, 3, 56, 56, 64, 3, 3).padding(1)));
        assertFalse(WinogradConvolution.pays(ConvolutionGeometry.of2d(1, 512, 7, 7, 512, 3, 3).padding(1)));
    }

    private void assertRefused(ConvolutionGeometry g) {
        float[] y = new float[g.outputLength()];
        try (Workers workers = Workers.single()) {
            assertThrows(IllegalArgumentException.class,
                    () -> Convolution.forward(workers, g, ConvolutionAlgorithm.WINOGRAD, new float[g.imageLength()], 0,
                            new float[g.filterLength()], 0, null, 0, Activation.IDENTITY, y, 0));
        }
    }

    private void check(ConvolutionGeometry g) {
        float[] x = guarded(g.imageLength());
        float[] filter = guarded(g.filterLength());
        float[] bias = guarded(g.outC());
        float[] y = filled(g.outputLength() + 2 * GUARD);
        float[] dx = filled(g.imageLength() + 2 * GUARD);
        float[] sum = guarded(g.imageLength());
        float[] before = sum.clone();
        float[] dy = guarded(g.outputLength());
        try (Workers workers = Workers.single()) {
            Convolution.forward(workers, g, ConvolutionAlgorithm.WINOGRAD, x, GUARD, filter, GUARD, bias, GUARD,
                    Activation.RELU, y, GUARD);
            Convolution.backwardData(workers, g, ConvolutionAlgorithm.WINOGRAD, dy, GUARD, filter, GUARD, dx, GUARD,
                    false);
            Convolution.backwardData(workers, g, ConvolutionAlgorithm.WINOGRAD, dy, GUARD, filter, GUARD, sum, GUARD,
                    true);
        }
        int c = g.c();
        int k = g.outC();
        int h = g.height().input();
        int w = g.width().input();
        int top = g.height().padBegin();
        int left = g.width().padBegin();
        compare(g.n(), c, h, w, k, g.outH(), g.outW(), top, left, x, filter, false, bias, null, y);
        compare(g.n(), k, g.outH(), g.outW(), c, h, w, 2 - top, 2 - left, dy, filter, true, null, null, dx);
        compare(g.n(), k, g.outH(), g.outW(), c, h, w, 2 - top, 2 - left, dy, filter, true, null, before, sum);
    }

    /** Against the definition in double precision, within the bound that the class states. */
    private void compare(int n, int c, int h, int w, int outC, int outH, int outW, int top, int left, float[] x,
            float[] filter, boolean backward, float[] bias, float[] before, float[] y) {
        assertGuard(y);
        double unit = (c + 30) * 0x1p-24;
        double gamma = unit / (1 - unit);
        int plane = outH * outW;
        for (int sample = 0; sample < Math.min(500, n * outC * plane); sample++) {
            int at = n * outC * plane <= 500 ? sample : random.nextInt(n * outC * plane);
            int image = at / plane / outC;
            int channel = at / plane % outC;
            int p = at % plane / outW;
            int q = at % outW;
            double exact = 0;
            double amplified = 0;
            for (int i = 0; i < c; i++) {
                int from = GUARD + (image * c + i) * h * w;
                double largestWeight = 0;
                for (int t = 0; t < 9; t++) {
                    double weight = filter[GUARD + (backward
                            ? (i * outC + channel) * 9 + 8 - t
                            : (channel * c + i) * 9 + t)];
                    exact += weight * pixel(h, w, p + t / 3 - top, q + t % 3 - left, x, from);
                    largestWeight = Math.max(largestWeight, Math.abs(weight));
                }
                double largestPixel = 0;
                for (int t = 0; t < 36; t++) {
                    largestPixel = Math.max(largestPixel,
                            Math.abs(pixel(h, w, p / 4 * 4 + t / 6 - top, q / 4 * 4 + t % 6 - left, x, from)));
                }
                amplified += WinogradConvolution.AMPLIFICATION * largestWeight * largestPixel;
            }
            double added = bias != null ? bias[GUARD + channel] : before != null ? before[GUARD + at] : 0;
            double expected = bias != null ? Math.max(0, exact + added) : exact + added;
            assertEquals(expected, y[GUARD + at], gamma * (amplified + Math.abs(added)));
        }
    }

    private static double pixel(int h, int w, int row, int column, float[] x, int from) {
        return row >= 0 && row < h && column >= 0 && column < w ? x[from + row * w + column] : 0;
    }

    private static void assertGuard(float[] a) {
        for (int i = 0; i < GUARD; i++) {
            assertTrue(Float.isNaN(a[i]) && Float.isNaN(a[a.length - 1 - i]), "written beside the result");
        }
    }

    private float[] guarded(int n) {
        float[] a = filled(n + 2 * GUARD);
        System.arraycopy(numbers(n), 0, a, GUARD, n);
        return a;
    }

    private static float[] filled(int n) {
        float[] a = new float[n];
        Arrays.fill(a, Float.NaN);
        return a;
    }

    private float[] numbers(int n) {
        float[] a = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = random.nextFloat() * 2 - 1;
        }
        return a;
    }
}
