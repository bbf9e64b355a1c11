package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * The filter's gradient without a matrix of columns: for a band of rows, x is copied with its padding and dy is transposed, so
 * that a vector holds channels of dy at one position; {@link DirectFilterTile} multiplies them with single elements of x.
 *
 * <p>
 * An element is one chain of multiply-adds over the positions of a run of images; the runs, whose number depends on the
 * shape alone, are tasks, and their sums are added in order.
 */
final class DirectFilterGradient {

    private static final int L = Lanes.LANES;
    private static final int TILE = DirectFilterTile.TAPS;
    private static final int MAX_RUNS = 8;
    // Elements of all runs' sums together: with fewer runs, large filters need hardly more memory than this.
    private static final int SUMS = 1 << 20;
    // Elements of a band's copies: they should stay in the second-level cache.
    private static final int COPIES = 64 * 1024;

    private final Workers.Job summing = this::sum;
    private final Workers.Job finishing = this::finish;
    private final PaddedPlanes planes = new PaddedPlanes();

    private Workers workers;
    private int n;
    private int groups;
    private int channels;
    private int filters;
    private int taps;
    private int panel;
    private int panels;
    private int bandRows;
    private int outW;
    private int plane;
    private float[] x;
    private int xOffset;
    private int xPlane;
    private float[] dy;
    private int dyOffset;
    private float[] dFilter;
    private int dFilterOffset;
    private boolean accumulate;

    private int runs;
    private int runImages;
    private int sumsLength;
    private float[] sums;
    private int[] offsets = new int[0];

    private DirectFilterGradient() {}

    static void run(Workers workers, ConvolutionGeometry g, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dFilter, int dFilterOffset, boolean accumulate) {
        DirectFilterGradient job = workers.reusable(DirectFilterGradient.class, DirectFilterGradient::new);
        job.workers = workers;
        job.x = x;
        job.xOffset = xOffset;
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.dFilter = dFilter;
        job.dFilterOffset = dFilterOffset;
        job.accumulate = accumulate;
        try {
            job.run(g);
        } finally {
            job.workers = null;
            job.x = null;
            job.dy = null;
            job.dFilter = null;
            job.sums = null;
        }
    }

    private void run(ConvolutionGeometry g) {
        planes.depth.forward(g.depth());
        planes.height.forward(g.height());
        planes.width.forward(g.width());
        n = g.n();
        groups = g.groups();
        channels = g.c() / groups;
        filters = g.outC() / groups;
        outW = planes.width.count();
        plane = planes.depth.count() * planes.height.count() * outW;
        xPlane = g.depth().input() * g.height().input() * g.width().input();
        panel = filters <= L ? L : 2 * L;
        panels = Math.ceilDiv(filters, panel);
        cutIntoBands();
        listTaps();
        sumsLength = panels * Math.ceilDiv(taps, TILE) * TILE * panel;
        runs = Math.max(1, Math.min(Math.min(n, MAX_RUNS), SUMS / (groups * filters * taps)));
        runImages = Math.ceilDiv(n, runs);
        runs = n == 0 ? 0 : Math.ceilDiv(n, runImages);
        sums = workers.sharedScratch(runs * groups * sumsLength);
        workers.run(summing, runs * groups);
        workers.run(finishing, groups * filters);
    }

    private void cutIntoBands() {
        int reach = planes.height.reach();
        int rows = planes.height.count();
        double row = planes.rowLength() * channels + (double) filters * outW;
        int most = (int) Math.max(1 + reach, COPIES / row - reach);
        bandRows = Math.ceilDiv(rows, Math.ceilDiv(rows, Math.min(rows, most)));
        planes.band(bandRows);
    }

    private void listTaps() {
        int kernelH = planes.height.kernel();
        int kernelW = planes.width.kernel();
        int kernel = planes.depth.kernel() * kernelH * kernelW;
        taps = channels * kernel;
        if (offsets.length < taps + TILE) {
            offsets = new int[taps + TILE];
        }
        for (int t = 0; t < taps; t++) {
            int k = t % kernel;
            offsets[t] = t / kernel * planes.channelLength()
                    + planes.offset(k / (kernelH * kernelW), k / kernelW % kernelH, k % kernelW);
        }
        // What the last tile lacks in taps it computes as if they were the first one, and nobody reads it.
        Arrays.fill(offsets, taps, taps + TILE, offsets[0]);
    }

    /** The sums of a run of images for one group. */
    private void sum(int task, int worker) {
        int group = task % groups;
        int first = task / groups * runImages;
        int copyLength = channels * planes.channelLength() + DirectTile.SLACK;
        float[] scratch = workers.scratch(worker, copyLength + bandRows * outW * panel * panels);
        Arrays.fill(sums, task * sumsLength, (task + 1) * sumsLength, 0f);
        for (int image = first; image < Math.min(n, first + runImages); image++) {
            int xAt = xOffset + (image * groups + group) * channels * xPlane;
            int dyAt = dyOffset + (image * groups + group) * filters * plane;
            for (int row = 0; row < planes.height.count(); row += bandRows) {
                int rows = Math.min(bandRows, planes.height.count() - row);
                for (int c = 0; c < channels; c++) {
                    planes.copy(x, xAt + c * xPlane, row, rows, scratch, c * planes.channelLength());
                }
                for (int d = 0; d < planes.depth.count(); d++) {
                    int at = dyAt + (d * planes.height.count() + row) * outW;
                    band(rows, at, d * planes.depthDistance(), scratch, copyLength, task * sumsLength);
                }
            }
        }
    }

    private void band(int rows, int dyAt, int xAt, float[] scratch, int transposed, int sumsAt) {
        for (int p = 0, at = sumsAt; p < panels; p++) {
            int width = Math.min(panel, filters - p * panel);
            int columns = transposed + p * panel * rows * outW;
            GemmPacking.transpose(width, rows * outW, dy, dyAt + p * panel * plane, plane, scratch, columns, panel);
            for (int t = 0; t < taps; t += TILE, at += TILE * panel) {
                if (panel == L) {
                    DirectFilterTile.oneVector(rows, outW, scratch, xAt, offsets, t, planes.rowDistance(), scratch,
                            columns, sums, at);
                } else {
                    DirectFilterTile.twoVectors(rows, outW, scratch, xAt, offsets, t, planes.rowDistance(), scratch,
                            columns, sums, at);
                }
            }
        }
    }

    /** Adds the runs' sums for one filter. */
    private void finish(int filter, int worker) {
        int o = filter % filters;
        int at = filter / filters * sumsLength + o / panel * (sumsLength / panels) + o % panel;
        int to = dFilterOffset + filter * taps;
        for (int t = 0; t < taps; t++) {
            float sum = 0;
            for (int run = 0; run < runs; run++) {
                sum += sums[run * groups * sumsLength + at + t * panel];
            }
            dFilter[to + t] = accumulate ? dFilter[to + t] + sum : sum;
        }
    }
}
