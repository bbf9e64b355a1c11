package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import org.junit.jupiter.api.Test;

class ConvolutionTest {

    private final Random random = new Random(5);

    @Test
    void aFilterThatIsNotFlipped() {
        float[] y = new float[4];
        forward(ConvolutionGeometry.of2d(1, 1, 3, 3, 1, 2, 2), new float[]{1, 2, 3, 4, 5, 6, 7, 8, 9},
                new float[]{1, 0, 0, 10}, null, Activation.IDENTITY, y);
        assertArrayEquals(new float[]{51, 62, 84, 95}, y);
    }

    @Test
    void biasAndActivation() {
        float[] y = new float[4];
        forward(ConvolutionGeometry.of1d(1, 1, 2, 2, 1), new float[]{1, -3}, new float[]{1, -2}, new float[]{1, 2},
                Activation.RELU, y);
        assertArrayEquals(new float[]{2, 0, 0, 8}, y);
    }

    @Test
    void integersAreExactInAllDimensions() {
        for (int trial = 0; trial < 400; trial++) {
            exact(randomGeometry());
        }
    }

    @Test
    void largerShapesAreExact() {
        exact(ConvolutionGeometry.of2d(3, 13, 14, 15, 47, 3, 3).padding(1));
        exact(ConvolutionGeometry.of2d(2, 130, 9, 9, 11, 3, 3).padding(1));
        exact(ConvolutionGeometry.of2d(2, 20, 33, 30, 61, 1, 1));
        exact(ConvolutionGeometry.of2d(2, 3, 64, 60, 21, 7, 7).stride(2).padding(3));
        exact(ConvolutionGeometry.of2d(2, 32, 17, 17, 64, 3, 3).stride(2).padding(1).groups(4));
        exact(ConvolutionGeometry.of2d(9, 2, 30, 30, 3, 5, 5));
        exact(ConvolutionGeometry.of3d(2, 5, 6, 7, 8, 9, 3, 2, 3).padding(1));
        exact(ConvolutionGeometry.of2d(0, 2, 5, 5, 3, 3, 3));
    }

    @Test
    void aWrongShapeIsNamedBeforeAnythingIsWritten() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(1, 1, 3, 3, 1, 5, 5);
        float[] y = {7};
        String message = assertThrows(IllegalArgumentException.class,
                () -> forward(g, new float[9], new float[25], null, Activation.IDENTITY, y)).getMessage();
        assertEquals("Window: kernel = 5 with dilation 1 covers 5 elements, need at most 3 (input 3 + padding 0 + 0)",
                message);
        assertEquals(7, y[0]);
    }

    private ConvolutionGeometry randomGeometry() {
        for (;;) {
            int groups = 1 + random.nextInt(3);
            int c = groups * (1 + random.nextInt(3));
            int outC = groups * (1 + random.nextInt(7));
            int n = 1 + random.nextInt(3);
            ConvolutionGeometry g = switch (random.nextInt(3)) {
                case 0 -> ConvolutionGeometry.of1d(n, c, 1 + random.nextInt(40), outC, 1 + random.nextInt(5));
                case 1 -> ConvolutionGeometry.of2d(n, c, 1 + random.nextInt(14), 1 + random.nextInt(20), outC,
                        1 + random.nextInt(5), 1 + random.nextInt(5));
                default -> ConvolutionGeometry.of3d(n, c, 1 + random.nextInt(6), 1 + random.nextInt(6),
                        1 + random.nextInt(9), outC, 1 + random.nextInt(3), 1 + random.nextInt(3),
                        1 + random.nextInt(3));
            };
            int[] begin = random.ints(g.rank(), 0, 4).toArray();
            int[] end = random.ints(g.rank(), 0, 4).toArray();
            g = g.groups(groups).padding(begin, end).stride(random.ints(g.rank(), 1, 4).toArray())
                    .dilation(random.ints(g.rank(), 1, 4).toArray());
            if (fits(g.depth()) && fits(g.height()) && fits(g.width())) {
                return g;
            }
        }
    }

    private static boolean fits(Window window) {
        return window.span() <= window.input() + window.padBegin() + window.padEnd();
    }

    private void exact(ConvolutionGeometry g) {
        float[] x = integers(g.imageLength());
        float[] filter = integers(g.filterLength());
        float[] bias = integers(g.outC());
        float[] dy = integers(g.outputLength());
        float[] y = new float[dy.length];
        float[] dx = new float[x.length];
        float[] dFilter = new float[filter.length];
        naive(g, x, filter, y, dy, dx, dFilter);
        int plane = g.outD() * g.outH() * g.outW();
        float[] withBias = y.clone();
        for (int i = 0; i < y.length; i++) {
            withBias[i] = Math.max(0, y[i] + bias[i / plane % g.outC()]);
        }
        for (ConvolutionAlgorithm algorithm : new ConvolutionAlgorithm[]{ConvolutionAlgorithm.AUTO,
                ConvolutionAlgorithm.IMPLICIT_GEMM}) {
            for (int threads = 1; threads <= 2; threads++) {
                try (Workers workers = Workers.of(threads)) {
                    String what = algorithm + " " + g;
                    float[] out = filled(3 + y.length);
                    Convolution.forward(workers, g, algorithm, shifted(x), 1, shifted(filter), 1, shifted(bias), 1,
                            Activation.RELU, out, 2);
                    assertArrayEquals(withBias, Arrays.copyOfRange(out, 2, 2 + y.length), what);
                    float[] outX = filled(3 + x.length);
                    Convolution.backwardData(workers, g, algorithm, shifted(dy), 1, shifted(filter), 1, outX, 2, false);
                    assertArrayEquals(dx, Arrays.copyOfRange(outX, 2, 2 + x.length), what);
                    Convolution.backwardData(workers, g, algorithm, shifted(dy), 1, shifted(filter), 1, outX, 2, true);
                    assertArrayEquals(twice(dx), Arrays.copyOfRange(outX, 2, 2 + x.length), what);
                    float[] outF = filled(3 + filter.length);
                    Convolution.backwardFilter(workers, g, algorithm, shifted(x), 1, shifted(dy), 1, outF, 2, false);
                    assertArrayEquals(dFilter, Arrays.copyOfRange(outF, 2, 2 + filter.length), what);
                    Convolution.backwardFilter(workers, g, algorithm, shifted(x), 1, shifted(dy), 1, outF, 2, true);
                    assertArrayEquals(twice(dFilter), Arrays.copyOfRange(outF, 2, 2 + filter.length), what);
                    for (float[] guarded : new float[][]{out, outX, outF}) {
                        assertEquals(Float.NaN, guarded[0] + guarded[1] + guarded[guarded.length - 1], what);
                        assertEquals(Float.NaN, guarded[1], what);
                        assertEquals(Float.NaN, guarded[guarded.length - 1], what);
                    }
                    float[] db = new float[g.outC()];
                    Convolution.backwardBias(workers, g, dy, 0, db, 0, false);
                    for (int k = 0; k < db.length; k++) {
                        double sum = 0;
                        for (int i = 0; i < dy.length; i++) {
                            sum += i / plane % g.outC() == k ? dy[i] : 0;
                        }
                        assertEquals(sum, db[k], what);
                    }
                }
            }
        }
    }

    /** The definition, element by element; integers are exact in any order. */
    private static void naive(ConvolutionGeometry g, float[] x, float[] filter, float[] y, float[] dy, float[] dx,
            float[] dFilter) {
        Window[] dims = {g.depth(), g.height(), g.width()};
        int kernel = dims[0].kernel() * dims[1].kernel() * dims[2].kernel();
        int plane = dims[0].input() * dims[1].input() * dims[2].input();
        int outPlane = g.outD() * g.outH() * g.outW();
        int cg = g.c() / g.groups();
        int kg = g.outC() / g.groups();
        for (int o = 0; o < y.length; o++) {
            int p = o % outPlane;
            int k = o / outPlane % g.outC();
            int n = o / outPlane / g.outC();
            int[] at = {p / (g.outH() * g.outW()), p / g.outW() % g.outH(), p % g.outW()};
            for (int c = 0; c < cg; c++) {
                for (int t = 0; t < kernel; t++) {
                    int[] tap = {t / (dims[1].kernel() * dims[2].kernel()), t / dims[2].kernel() % dims[1].kernel(),
                            t % dims[2].kernel()};
                    int index = 0;
                    for (int d = 0; d < 3 && index >= 0; d++) {
                        int i = at[d] * dims[d].stride() - dims[d].padBegin() + tap[d] * dims[d].dilation();
                        index = i < 0 || i >= dims[d].input() ? -1 : index * dims[d].input() + i;
                    }
                    if (index >= 0) {
                        int xi = (n * g.c() + k / kg * cg + c) * plane + index;
                        int wi = (k * cg + c) * kernel + t;
                        y[o] += x[xi] * filter[wi];
                        dx[xi] += dy[o] * filter[wi];
                        dFilter[wi] += dy[o] * x[xi];
                    }
                }
            }
        }
    }

    private static void forward(ConvolutionGeometry g, float[] x, float[] filter, float[] bias, Activation activation,
            float[] y) {
        try (Workers workers = Workers.single()) {
            Convolution.forward(workers, g, x, 0, filter, 0, bias, 0, activation, y, 0);
        }
    }

    private float[] integers(int n) {
        float[] a = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = random.nextInt(9) - 4;
        }
        return a;
    }

    private static float[] filled(int n) {
        float[] a = new float[n];
        Arrays.fill(a, Float.NaN);
        return a;
    }

    private static float[] shifted(float[] a) {
        float[] b = new float[a.length + 1];
        System.arraycopy(a, 0, b, 1, a.length);
        return b;
    }

    private static float[] twice(float[] a) {
        float[] b = a.clone();
        for (int i = 0; i < b.length; i++) {
            b[i] *= 2;
        }
        return b;
    }
}
