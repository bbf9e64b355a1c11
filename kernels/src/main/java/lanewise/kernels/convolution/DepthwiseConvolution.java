package lanewise.kernels.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.Finish;

/**
 * Depthwise convolutions, where every channel of y sees one channel of x. 3x3 filters with stride 1 and a padding of 1 have
 * tiles of their own, which read the planes where they are; all others are done by {@link DirectConvolution} and
 * {@link DirectFilterGradient}. A task is some planes, or the filter of one channel.
 */
final class DepthwiseConvolution implements Workers.Job {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;
    private static final int TAPS = 9;
    private static final int SUMS = Lanes.SUM_LANES;
    // Elements of a task: enough work that handing it to a thread is nothing.
    private static final int TASK = 16 * 1024;

    private enum Pass {
        FORWARD, BACKWARD_DATA, BACKWARD_FILTER
    }

    private Workers workers;
    private Pass pass;
    private int n;
    private int channels;
    private int multiplier;
    private int height;
    private int width;
    private int taskPlanes;
    private float[] x;
    private int xOffset;
    private float[] filter;
    private int filterOffset;
    private float[] bias;
    private int biasOffset;
    private Activation activation;
    private boolean accumulate;
    private float[] y;
    private int yOffset;

    private DepthwiseConvolution() {}

    static void forward(Workers workers, ConvolutionGeometry g, float[] x, int xOffset, float[] filter,
            int filterOffset, float[] bias, int biasOffset, Activation activation, float[] y, int yOffset) {
        if (!hasTiles(g)) {
            DirectConvolution.forward(workers, g, x, xOffset, filter, filterOffset, bias, biasOffset, activation, y,
                    yOffset);
            return;
        }
        DepthwiseConvolution job = workers.reusable(DepthwiseConvolution.class, DepthwiseConvolution::new);
        job.bias = bias;
        job.biasOffset = biasOffset;
        job.activation = activation;
        job.accumulate = false;
        job.run(workers, g, Pass.FORWARD, x, xOffset, filter, filterOffset, y, yOffset);
    }

    /** The same as forward with the filter turned by half a circle. */
    static void backwardData(Workers workers, ConvolutionGeometry g, float[] dy, int dyOffset, float[] filter,
            int filterOffset, float[] dx, int dxOffset, boolean accumulate) {
        if (!hasTiles(g) || g.outC() != g.c()) {
            DirectConvolution.backwardData(workers, g, dy, dyOffset, filter, filterOffset, dx, dxOffset, accumulate);
            return;
        }
        DepthwiseConvolution job = workers.reusable(DepthwiseConvolution.class, DepthwiseConvolution::new);
        job.bias = null;
        job.activation = Activation.IDENTITY;
        job.accumulate = accumulate;
        job.run(workers, g, Pass.BACKWARD_DATA, dy, dyOffset, filter, filterOffset, dx, dxOffset);
    }

    static void backwardFilter(Workers workers, ConvolutionGeometry g, float[] x, int xOffset, float[] dy,
            int dyOffset, float[] dFilter, int dFilterOffset, boolean accumulate) {
        if (!hasTiles(g) || g.height().input() < 2) {
            DirectFilterGradient.run(workers, g, x, xOffset, dy, dyOffset, dFilter, dFilterOffset, accumulate);
            return;
        }
        DepthwiseConvolution job = workers.reusable(DepthwiseConvolution.class, DepthwiseConvolution::new);
        job.accumulate = accumulate;
        job.run(workers, g, Pass.BACKWARD_FILTER, x, xOffset, dFilter, dFilterOffset, dy, dyOffset);
    }

    private static boolean hasTiles(ConvolutionGeometry g) {
        return g.depth().equals(Window.NONE) && isThreeByOne(g.height()) && isThreeByOne(g.width());
    }

    private static boolean isThreeByOne(Window w) {
        return w.kernel() == 3 && w.stride() == 1 && w.dilation() == 1 && w.padBegin() == 1 && w.padEnd() == 1;
    }

    private void run(Workers workers, ConvolutionGeometry g, Pass pass, float[] x, int xOffset, float[] filter,
            int filterOffset, float[] y, int yOffset) {
        this.workers = workers;
        this.pass = pass;
        n = g.n();
        channels = g.outC();
        multiplier = g.outC() / g.c();
        height = g.height().input();
        width = g.width().input();
        this.x = x;
        this.xOffset = xOffset;
        this.filter = filter;
        this.filterOffset = filterOffset;
        this.y = y;
        this.yOffset = yOffset;
        try {
            if (pass == Pass.BACKWARD_DATA) {
                turnFilter();
            }
            taskPlanes = Math.max(1, TASK / (height * width));
            workers.run(this, pass == Pass.BACKWARD_FILTER ? channels : Math.ceilDiv(n * channels, taskPlanes));
        } finally {
            this.workers = null;
            this.x = null;
            this.filter = null;
            this.y = null;
            bias = null;
        }
    }

    private void turnFilter() {
        float[] turned = workers.sharedScratch(channels * TAPS);
        for (int c = 0; c < channels * TAPS; c += TAPS) {
            for (int t = 0; t < TAPS; t++) {
                turned[c + t] = filter[filterOffset + c + TAPS - 1 - t];
            }
        }
        filter = turned;
        filterOffset = 0;
    }

    @Override
    public void run(int task, int worker) {
        int plane = height * width;
        float[] scratch = workers.scratch(worker, TAPS * (SUMS + L) + 3 * (height * (width + 1) + 1 + L));
        if (pass == Pass.BACKWARD_FILTER) {
            filter(task, scratch);
            return;
        }
        for (int p = task * taskPlanes; p < Math.min(n * channels, (task + 1) * taskPlanes); p++) {
            int channel = p % channels;
            int from = xOffset + (p / channels * (channels / multiplier) + channel / multiplier) * plane;
            float b = bias == null ? 0 : bias[biasOffset + channel];
            int to = yOffset + p * plane;
            if (accumulate) {
                plane(from, filterOffset + channel * TAPS, b, scratch, 0, scratch, plane + L);
                StridedRow.add(0, plane, 1, scratch, 0, y, to);
            } else {
                plane(from, filterOffset + channel * TAPS, b, y, to, scratch, 0);
                Finish.activate(activation, plane, y, to);
            }
        }
    }

    /** One plane of the result; {@code copy} has room for a narrow plane and its result. */
    private void plane(int from, int w, float b, float[] to, int at, float[] scratch, int copy) {
        if (width > L) {
            DepthwiseTile.columns(-1, height, x, from, width, filter, w, b, to, at, width);
            int last = width - L;
            for (int c = L; c < last; c += L) {
                DepthwiseTile.columns(0, height, x, from + c, width, filter, w, b, to, at + c, width);
            }
            DepthwiseTile.columns(1, height, x, from + last, width, filter, w, b, to, at + last, width);
        } else {
            // The vector's surplus lanes run into the next row of the result, which is written next.
            int result = copyWithZeros(x, from, scratch, copy);
            DepthwiseTile.columns(0, height, scratch, copy + 1, width + 1, filter, w, b, scratch, result, width);
            System.arraycopy(scratch, result, to, at, height * width);
        }
    }

    /** Copies a plane that is no wider than a vector, with a zero before each row and after the last; returns the end. */
    private int copyWithZeros(float[] from, int fo, float[] to, int o) {
        int plane = height * width;
        int row = o;
        int at = 0;
        for (; at + L <= plane; at += width, row += width + 1) {
            // What this writes of the next row is overwritten.
            FloatVector.fromArray(S, from, fo + at).intoArray(to, row + 1);
            to[row] = 0;
            to[row + 1 + width] = 0;
        }
        for (; at < plane; at += width, row += width + 1) {
            to[row] = 0;
            System.arraycopy(from, fo + at, to, row + 1, width);
        }
        Arrays.fill(to, row, row + L + 1, 0f);
        return row + L + 1;
    }

    /**
     * The gradient of one channel's filter: nine sums for each column of all images, then columns added up by 32 running
     * sums, one for every 32nd, and those by the fixed tree: the same at every width of the vectors.
     */
    private void filter(int channel, float[] scratch) {
        Arrays.fill(scratch, 0, TAPS * SUMS, 0f);
        for (int c = 0; c < width; c += L) {
            Arrays.fill(scratch, TAPS * SUMS, TAPS * (SUMS + L), 0f);
            // The last vector overlaps the one before; what that has summed is left out.
            int at = width > L ? Math.min(c, width - L) : 0;
            for (int image = 0; image < n; image++) {
                columns(image, channel, at, scratch);
            }
            for (int t = 0; t < TAPS; t++) {
                int sums = TAPS * SUMS + t * L;
                for (int column = c; column < Math.min(c + L, width); column++) {
                    scratch[t * SUMS + column % SUMS] += scratch[sums + column - at];
                }
            }
        }
        for (int t = 0; t < TAPS; t++) {
            int to = filterOffset + channel * TAPS + t;
            float sum = Lanes.sum(scratch, t * SUMS);
            filter[to] = accumulate ? filter[to] + sum : sum;
        }
    }

    /** Adds an image's sums for a vector of columns. */
    private void columns(int image, int channel, int column, float[] scratch) {
        int plane = height * width;
        int sums = TAPS * SUMS;
        int xAt = xOffset + (image * (channels / multiplier) + channel / multiplier) * plane;
        int dyAt = yOffset + (image * channels + channel) * plane;
        if (width > L) {
            int kind = column == 0 ? -1 : column == width - L ? 1 : 0;
            DepthwiseFilterTile.columns(kind, height, x, xAt + column, width, y, dyAt + column, width, scratch, sums);
        } else {
            int copy = sums + TAPS * L;
            int dyCopy = copyWithZeros(x, xAt, scratch, copy);
            System.arraycopy(y, dyAt, scratch, dyCopy, plane);
            DepthwiseFilterTile.columns(0, height, scratch, copy + 1, width + 1, scratch, dyCopy, width, scratch, sums);
        }
    }
}
