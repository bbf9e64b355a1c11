package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.Finish;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * The filter's gradient without a matrix of columns: for a band of rows, x is copied with its padding. Then
 * <ul>
 * <li>of many narrow images, sixteen are turned so that they lie side by side, dy too, and {@link RowDots} multiplies vectors
 * of images of both;
 * <li>for few filters dy is copied to the same distance of rows, with zeros between, and {@link RowDots} multiplies vectors of
 * positions of both;
 * <li>for more of them dy is transposed, so that a vector holds channels of dy at one position, and {@link DirectFilterTile}
 * multiplies them with single elements of x.
 * </ul>
 *
 * <p>
 * An element is a sum, or one for each lane, over the positions of a run of bands; the runs, whose number depends on the
 * shape alone, are tasks, and their sums are added in order.
 */
final class DirectFilterGradient {

    private static final int L = Lanes.LANES;
    private static final int TILE = DirectFilterTile.TAPS;
    // Up to so many filters, vectors of channels would be half empty at the widest.
    private static final int FEW_FILTERS = 8;
    private static final int MIN_RUNS = 4;
    private static final int MAX_RUNS = 8;
    // To turn an element of dy costs as much as some products: with fewer taps it does not pay.
    private static final int LEAST_TAPS = 16;
    // Elements of all runs' sums together: with fewer runs, large filters need hardly more memory than this.
    private static final int SUMS = 1 << 20;
    // Elements of a band's copies: they should stay in the second-level cache.
    private static final int COPIES = 64 * 1024;

    private final Workers.Job summing = this::sum;
    private final Workers.Job adding = this::addRuns;
    private final Workers.Job finishing = this::finish;
    private final PaddedPlanes planes = new PaddedPlanes();

    private Workers workers;
    private int n;
    private int groups;
    private int channels;
    private int filters;
    private int taps;
    private boolean isFew;
    // Side by side: one, or PaddedPlanes.SIDE_BY_SIDE.
    private int images;
    // From one filter's copy of dy to the next, where they are few.
    private int distance;
    private int panel;
    private int panels;
    private int bandRows;
    private int bands;
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
    private int runBands;
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
        taps = channels * planes.depth.kernel() * planes.height.kernel() * planes.width.kernel();
        images = liesSideBySide() ? PaddedPlanes.SIDE_BY_SIDE : 1;
        isFew = filters <= FEW_FILTERS || images > 1;
        panel = filters <= L ? L : 2 * L;
        panels = Math.ceilDiv(filters, panel);
        cutIntoBands();
        listTaps();
        distance = images == 1
                ? roundUp(bandRows * planes.rowDistance()) + RowDots.LANES
                : bandRows * planes.columns();
        sumsLength = Math.ceilDiv(taps, TILE) * TILE * (isFew ? filters * RowDots.LANES : panels * panel);
        int all = Math.ceilDiv(n, images) * bands;
        runs = Math.max(1, Math.min(Math.min(all, MAX_RUNS), SUMS / (groups * filters * taps)));
        runBands = Math.max(1, Math.ceilDiv(all, runs));
        runs = Math.ceilDiv(all, runBands);
        sums = workers.sharedScratch(runs * groups * sumsLength);
        workers.run(summing, runs * groups);
        workers.run(adding, groups);
        workers.run(finishing, groups * filters);
    }

    /** Whether it pays that images lie side by side: at most a quarter of them would be missing. */
    private boolean liesSideBySide() {
        int side = PaddedPlanes.SIDE_BY_SIDE;
        return taps >= LEAST_TAPS && 4 * n >= 3 * side * Math.ceilDiv(n, side) && planes.canLieSideBySide(channels);
    }

    private void cutIntoBands() {
        int reach = planes.height.reach();
        int rows = planes.height.count();
        double row = (planes.rowLength() * channels + (double) filters * outW) * images;
        // Few images are cut into bands for the sake of several runs.
        double share = Math.ceil((double) rows * Math.ceilDiv(n, images) / MIN_RUNS);
        int most = (int) Math.max(1 + reach, Math.min(share, COPIES / row - reach));
        bandRows = Math.ceilDiv(rows, Math.ceilDiv(rows, Math.min(rows, most)));
        bands = Math.ceilDiv(rows, bandRows);
        planes.band(bandRows, images);
    }

    private void listTaps() {
        int kernelH = planes.height.kernel();
        int kernelW = planes.width.kernel();
        int kernel = planes.depth.kernel() * kernelH * kernelW;
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

    /** The sums of a run of bands for one group. */
    private void sum(int task, int worker) {
        int group = task % groups;
        int first = task / groups * runBands;
        int copyLength = planes.length(channels) + DirectTile.SLACK;
        int copyOfGradient = isFew ? filters * distance : bandRows * outW * panel * panels;
        float[] scratch = workers.scratch(worker, copyLength + copyOfGradient + planes.besideLength());
        Arrays.fill(scratch, copyLength - DirectTile.SLACK, copyLength, 0f);
        Arrays.fill(sums, task * sumsLength, (task + 1) * sumsLength, 0f);
        for (int band = first; band < Math.min(Math.ceilDiv(n, images) * bands, first + runBands); band++) {
            int image = band / bands * images;
            int row = band % bands * bandRows;
            int rows = Math.min(bandRows, planes.height.count() - row);
            int count = Math.min(images, n - image);
            copyOf(image, count, group, row, rows, scratch, copyLength + copyOfGradient);
            int dyAt = dyOffset + (image * groups + group) * filters * plane;
            for (int d = 0; d < planes.depth.count(); d++) {
                int at = dyAt + (d * planes.height.count() + row) * outW;
                if (images > 1) {
                    sideBySide(count, rows, at, d * planes.depthDistance(), scratch, copyLength, task * sumsLength);
                } else if (isFew) {
                    rowDots(rows, at, d * planes.depthDistance(), scratch, copyLength, task * sumsLength);
                } else {
                    channelSums(rows, at, d * planes.depthDistance(), scratch, copyLength, task * sumsLength);
                }
            }
        }
    }

    /** Copies what a band of x meets. */
    private void copyOf(int image, int count, int group, int row, int rows, float[] scratch, int beside) {
        int from = xOffset + (image * groups + group) * channels * xPlane;
        for (int c = 0; c < channels; c++) {
            planes.copy(count, x, from + c * xPlane, groups * channels * xPlane, row, rows, scratch,
                    c * planes.channelLength(), scratch, beside);
        }
    }

    /** A band's products, filter by filter and tap by tap. */
    private void rowDots(int rows, int dyAt, int xAt, float[] scratch, int copies, int sumsAt) {
        int row = planes.rowDistance();
        int n = roundUp((rows - 1) * row + outW);
        for (int o = 0; o < filters; o++) {
            int to = copies + o * distance;
            for (int r = 0; r < rows; r++) {
                int from = dyAt + o * plane + r * outW;
                if (StridedRow.isShort(outW)) {
                    StridedRow.gatherShort(row, 0, outW, dy, from, scratch, to + r * row);
                } else {
                    StridedRow.gather(row, 0, outW, 1, dy, from, scratch, to + r * row);
                }
            }
            Arrays.fill(scratch, to + rows * row, to + Math.max(n, rows * row), 0f);
        }
        dots(1, n, scratch, xAt, copies, sumsAt);
    }

    /** A band's products of images side by side: those of an image are the terms of one lane. */
    private void sideBySide(int count, int rows, int dyAt, int xAt, float[] scratch, int copies, int sumsAt) {
        for (int o = 0; o < filters; o++) {
            planes.transpose(count, rows * outW, dy, dyAt + o * plane, groups * filters * plane, scratch,
                    copies + o * distance);
        }
        dots(rows, planes.columns(), scratch, xAt, copies, sumsAt);
    }

    private void dots(int rows, int n, float[] scratch, int xAt, int copies, int sumsAt) {
        for (int t = 0, at = sumsAt; t < taps; t += TILE) {
            for (int o = 0, tile; o < filters; o += tile) {
                tile = RowDots.filters(filters - o);
                RowDots.add(tile, rows, n, planes.rowDistance(), scratch, xAt, offsets, t, scratch,
                        copies + o * distance, distance, sums, at);
                at += tile * TILE * RowDots.LANES;
            }
        }
    }

    private static int roundUp(int positions) {
        return Math.ceilDiv(positions, RowDots.LANES) * RowDots.LANES;
    }

    /** A band's sums, with channels side by side. */
    private void channelSums(int rows, int dyAt, int xAt, float[] scratch, int transposed, int sumsAt) {
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

    /** Adds the runs' sums for one group to those of the first run. */
    private void addRuns(int group, int worker) {
        for (int run = 1; run < runs; run++) {
            Finish.add(sumsLength, sums, (run * groups + group) * sumsLength, sums, group * sumsLength);
        }
    }

    /** Brings the sums of one filter to their places. */
    private void finish(int filter, int worker) {
        int to = dFilterOffset + filter * taps;
        for (int t = 0; t < taps; t++) {
            float sum = n == 0 ? 0 : isFew ? totalOfLanes(filter, t) : total(filter, t);
            dFilter[to + t] = accumulate ? dFilter[to + t] + sum : sum;
        }
    }

    private float total(int filter, int t) {
        int o = filter % filters;
        return sums[filter / filters * sumsLength + o / panel * (sumsLength / panels) + o % panel + t * panel];
    }

    /**
     * Where a sum is not finite it is computed again: in the zeros between the rows of dy, whatever x has there is a factor, and
     * if that was infinite or NaN the sum should not know it.
     */
    private float totalOfLanes(int filter, int t) {
        int tile = t / TILE * filters + filter % filters;
        float sum = RowDots.total(sums, filter / filters * sumsLength + (tile * TILE + t % TILE) * RowDots.LANES);
        return Float.isFinite(sum) ? sum : sumOfPositions(filter, t);
    }

    private float sumOfPositions(int filter, int t) {
        DirectAxis depth = planes.depth;
        DirectAxis height = planes.height;
        DirectAxis width = planes.width;
        int kw = t % width.kernel();
        int kh = t / width.kernel() % height.kernel();
        int kd = t / (width.kernel() * height.kernel()) % depth.kernel();
        int channel = filter / filters * channels + t / (width.kernel() * height.kernel() * depth.kernel());
        double sum = 0;
        for (int image = 0; image < n; image++) {
            int at = xOffset + (image * groups * channels + channel) * xPlane;
            int dyAt = dyOffset + (image * groups * filters + filter) * plane;
            for (int d = 0; d < depth.count(); d++) {
                int xd = source(depth, kd, d);
                for (int h = 0; h < height.count(); h++) {
                    int xh = source(height, kh, h);
                    for (int w = 0; w < width.count(); w++, dyAt++) {
                        int xw = source(width, kw, w);
                        if (xd >= 0 && xh >= 0 && xw >= 0) {
                            sum += (double) dy[dyAt]
                                    * x[at + (xd * height.sourceLength() + xh) * width.sourceLength() + xw];
                        }
                    }
                }
            }
        }
        return (float) sum;
    }

    private static int source(DirectAxis axis, int k, int position) {
        return axis.source(axis.sourcePhase(k), position + axis.offset(k));
    }
}
