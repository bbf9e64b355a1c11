package lanewise.kernels.convolution;

import java.util.Random;
import java.util.function.Consumer;
import lanewise.kernels.Window;

/** What a convolution is: every triple of elements of x, filter and y that meet, one after another. */
final class NaiveConvolution {

    /** Receives the indices of three elements that meet. */
    interface Meeting {
        void of(int x, int filter, int y);
    }

    private NaiveConvolution() {}

    /** y in double precision, without bias. */
    static double[] forward(ConvolutionGeometry g, float[] x, float[] filter) {
        double[] y = new double[g.outputLength()];
        forEach(g, (i, f, o) -> y[o] += (double) x[i] * filter[f]);
        return y;
    }

    /** dx in double precision. */
    static double[] backwardData(ConvolutionGeometry g, float[] dy, float[] filter) {
        double[] dx = new double[g.imageLength()];
        forEach(g, (i, f, o) -> dx[i] += (double) dy[o] * filter[f]);
        return dx;
    }

    /** The filter's gradient in double precision. */
    static double[] backwardFilter(ConvolutionGeometry g, float[] x, float[] dy) {
        double[] dFilter = new double[g.filterLength()];
        forEach(g, (i, f, o) -> dFilter[f] += (double) x[i] * dy[o]);
        return dFilter;
    }

    static void forEach(ConvolutionGeometry g, Meeting meeting) {
        int inC = g.c() / g.groups();
        int outC = g.outC() / g.groups();
        for (int n = 0; n < g.n(); n++) {
            for (int o = 0; o < g.outC(); o++) {
                for (int c = 0; c < inC; c++) {
                    channel(g, n * g.c() + o / outC * inC + c, o * inC + c, n * g.outC() + o, meeting);
                }
            }
        }
    }

    private static void channel(ConvolutionGeometry g, int x, int filter, int y, Meeting meeting) {
        Window d = g.depth();
        Window h = g.height();
        Window w = g.width();
        along(d, ds -> along(h, hs -> along(w, ws -> meeting.of(
                ((x * d.input() + ds[0]) * h.input() + hs[0]) * w.input() + ws[0],
                ((filter * d.kernel() + ds[1]) * h.kernel() + hs[1]) * w.kernel() + ws[1],
                ((y * d.output() + ds[2]) * h.output() + hs[2]) * w.output() + ws[2]))));
    }

    /** All meetings along one dimension: indices of the input, the kernel and the output. */
    private static void along(Window w, Consumer<int[]> each) {
        for (int o = 0; o < w.output(); o++) {
            for (int k = 0; k < w.kernel(); k++) {
                int i = o * w.stride() - w.padBegin() + k * w.dilation();
                if (i >= 0 && i < w.input()) {
                    each.accept(new int[]{i, k, o});
                }
            }
        }
    }

    /** Small integers: sums of their products are exact in floats. */
    static float[] integers(int length, int seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(9) - 4;
        }
        return values;
    }

    /** A random geometry of the given rank, whose filter fits; depthwise with a channel multiplier if so asked. */
    static ConvolutionGeometry geometry(Random random, boolean depthwise) {
        int rank = 1 + random.nextInt(3);
        int groups = depthwise ? 1 + random.nextInt(4) : 1 + random.nextInt(2);
        int c = depthwise ? groups : groups * (1 + random.nextInt(3));
        int outC = groups * (1 + random.nextInt(depthwise ? 3 : 8));
        int n = 1 + random.nextInt(3);
        int[] size = new int[rank];
        int[] kernel = new int[rank];
        int[] stride = new int[rank];
        int[] dilation = new int[rank];
        int[] begin = new int[rank];
        int[] end = new int[rank];
        for (int i = 0; i < rank; i++) {
            kernel[i] = 1 + random.nextInt(5);
            stride[i] = 1 + random.nextInt(3);
            dilation[i] = 1 + random.nextInt(3);
            begin[i] = random.nextInt(kernel[i] + 2);
            end[i] = random.nextInt(kernel[i] + 1);
            int span = (kernel[i] - 1) * dilation[i] + 1;
            size[i] = Math.max(1, span - begin[i] - end[i] + random.nextInt(rank == 3 ? 6 : 40));
        }
        ConvolutionGeometry g = switch (rank) {
            case 1 -> ConvolutionGeometry.of1d(n, c, size[0], outC, kernel[0]);
            case 2 -> ConvolutionGeometry.of2d(n, c, size[0], size[1], outC, kernel[0], kernel[1]);
            default -> ConvolutionGeometry.of3d(n, c, size[0], size[1], size[2], outC, kernel[0], kernel[1],
                    kernel[2]);
        };
        return g.groups(groups).stride(stride).dilation(dilation).padding(begin, end);
    }
}
