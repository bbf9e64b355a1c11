package lanewise.kernels.convolution;

import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.gemm.Finish;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * Convolutions without a matrix: some channels of the source are copied with their padding, and {@link DirectTile} sums over
 * all taps for a few channels of the target at once. For few channels, where a matrix product has too few rows; the
 * backward pass over data is the same sum with the roles exchanged, one for each phase of the stride.
 *
 * <p>
 * The positions of a plane are taken in one run over the padded rows; what is computed between two rows is thrown away. Taps
 * come in the order of kernel depth, kernel height, channel, kernel width, so that the taps that meet only padding above
 * or below a row are at the ends and can be left out.
 *
 * <p>
 * Of many narrow images sixteen at a time are turned, so that they lie side by side: then no position between rows is
 * computed, and results are turned back. Sums have the same terms in the same order, and so the same bits.
 *
 * <p>
 * A task is a band of rows of one group of one image, or of sixteen.
 */
final class DirectConvolution implements Workers.Job {

    // Elements of a task's padded copy: with its results it should stay in the second-level cache.
    private static final int COPY = 48 * 1024;
    // Of images side by side, elements of a task's results for one channel.
    private static final int RESULTS = 4 * 1024;
    // Of images side by side, tasks for which few images are cut into bands.
    private static final int TASKS = 4;
    private static final int SIDE_BY_SIDE = PaddedPlanes.SIDE_BY_SIDE;
    /** The greatest number of elements in the padded copy of a group of an image. */
    static final int MAX_COPY = 1 << 27;

    private final PaddedPlanes planes = new PaddedPlanes();
    private final DirectAxis depth = planes.depth;
    private final DirectAxis height = planes.height;
    private final DirectAxis width = planes.width;

    private Workers workers;
    private int groups;
    private int sourceChannels;
    private int targetChannels;
    private int channelTaps;
    private float[] source;
    private int sourceOffset;
    private float[] target;
    private int targetOffset;
    private float[] bias;
    private int biasOffset;
    private Activation activation;
    private boolean accumulate;

    // Side by side: one, or SIDE_BY_SIDE.
    private int images;
    private int imageDistance;
    private int targetImageDistance;
    private int bandRows;
    private int bands;
    private int copyLength;
    private int resultDistance;
    private float[] weights;
    private int[] offsets = new int[0];
    private int[] filterOffsets = new int[0];
    private int[] phaseStart = new int[1];

    private DirectConvolution() {}

    /** Whether the padded copy of a group of an image has at most so many elements, in every pass. */
    static boolean copiesAtMost(int elements, ConvolutionGeometry g) {
        return Math.max(copied(g.c(), g, g.depth().input(), g.height().input(), g.width().input()),
                copied(g.outC(), g, g.outD(), g.outH(), g.outW())) <= elements;
    }

    /** At most how many elements a group of an image of this size has with all that any pass puts around it. */
    private static double copied(int c, ConvolutionGeometry g, int d, int h, int w) {
        return (double) c / g.groups() * padded(d, g.depth()) * padded(h, g.height()) * padded(w, g.width());
    }

    private static double padded(int elements, Window window) {
        if (window.equals(Window.NONE)) {
            return elements;
        }
        return (double) elements + window.padBegin() + window.padEnd() + 2.0 * window.span() + window.stride();
    }

    /** Whether most images would lie side by side, with so many positions in a row of the target. */
    static boolean liesSideBySide(ConvolutionGeometry g, int positions) {
        return g.width().stride() == 1 && PaddedPlanes.isNarrow(positions)
                && g.n() % SIDE_BY_SIDE * 4 <= g.n();
    }

    static void forward(Workers workers, ConvolutionGeometry g, float[] x, int xOffset, float[] filter,
            int filterOffset, float[] bias, int biasOffset, Activation activation, float[] y, int yOffset) {
        DirectConvolution job = workers.reusable(DirectConvolution.class, DirectConvolution::new);
        job.depth.forward(g.depth());
        job.height.forward(g.height());
        job.width.forward(g.width());
        job.channels(g.groups(), g.c(), g.outC());
        job.bias = bias;
        job.biasOffset = biasOffset;
        job.activation = activation;
        job.accumulate = false;
        job.run(workers, g.n(), x, xOffset, filter, filterOffset, job.channelTaps, y, yOffset);
    }

    static void backwardData(Workers workers, ConvolutionGeometry g, float[] dy, int dyOffset, float[] filter,
            int filterOffset, float[] dx, int dxOffset, boolean accumulate) {
        DirectConvolution job = workers.reusable(DirectConvolution.class, DirectConvolution::new);
        job.depth.backward(g.depth());
        job.height.backward(g.height());
        job.width.backward(g.width());
        job.channels(g.groups(), g.outC(), g.c());
        job.bias = null;
        job.activation = Activation.IDENTITY;
        job.accumulate = accumulate;
        job.run(workers, g.n(), dy, dyOffset, filter, filterOffset, job.targetChannels * job.channelTaps, dx, dxOffset);
    }

    private void channels(int groups, int ofSource, int ofTarget) {
        this.groups = groups;
        sourceChannels = ofSource / groups;
        targetChannels = ofTarget / groups;
        channelTaps = depth.kernel() * height.kernel() * width.kernel();
    }

    /** @param filterStride from one channel of the source to the next, in the filter */
    private void run(Workers workers, int n, float[] source, int sourceOffset, float[] filter, int filterOffset,
            int filterStride, float[] target, int targetOffset) {
        this.workers = workers;
        this.source = source;
        this.sourceOffset = sourceOffset;
        this.target = target;
        this.targetOffset = targetOffset;
        imageDistance = groups * sourceChannels * depth.sourceLength() * height.sourceLength() * width.sourceLength();
        targetImageDistance = groups * targetChannels * depth.targetLength() * height.targetLength()
                * width.targetLength();
        int together = planes.canLieSideBySide(sourceChannels) ? n / SIDE_BY_SIDE * SIDE_BY_SIDE : 0;
        try {
            run(SIDE_BY_SIDE, together, filter, filterOffset, filterStride);
            this.sourceOffset += together * imageDistance;
            this.targetOffset += together * targetImageDistance;
            run(1, n - together, filter, filterOffset, filterStride);
        } finally {
            this.workers = null;
            this.source = null;
            this.target = null;
            bias = null;
            weights = null;
        }
    }

    /** Images that lie side by side or, if that is one, alone. */
    private void run(int sideBySide, int n, float[] filter, int filterOffset, int filterStride) {
        if (n > 0) {
            images = sideBySide;
            cutIntoBands(n);
            listTaps(filterStride);
            if (weights == null) {
                packWeights(filter, filterOffset, filterStride); // the same for those side by side and those alone
            }
            workers.run(this, n / images * groups * bands);
        }
    }

    private void cutIntoBands(int n) {
        int rows = height.count();
        int least = Math.min(rows, 1 + height.reach());
        double copied = COPY / (planes.rowLength() * sourceChannels * images) - height.reach();
        int most = (int) Math.max(least, Math.min(rows, copied));
        if (images > 1) {
            int share = Math.ceilDiv(rows * groups * (n / images), TASKS);
            most = Math.min(most, Math.max(least, Math.min(share, RESULTS / (images * width.count()))));
        }
        bands = Math.ceilDiv(rows, most);
        bandRows = Math.ceilDiv(rows, bands);
        bands = Math.ceilDiv(rows, bandRows);
        planes.band(bandRows, images);
        copyLength = planes.length(sourceChannels) + DirectTile.SLACK;
        resultDistance = bandRows * planes.rowDistance() + DirectTile.SLACK;
    }

    /** The offsets of all taps, one phase of the target after the other. */
    private void listTaps(int filterStride) {
        int phases = phases();
        if (phaseStart.length <= phases) {
            phaseStart = new int[phases + 1];
        }
        if (offsets.length < sourceChannels * channelTaps) {
            offsets = new int[sourceChannels * channelTaps];
            filterOffsets = new int[sourceChannels * channelTaps];
        }
        int at = 0;
        for (int phase = 0; phase < phases; phase++) {
            phaseStart[phase] = at;
            for (int u = 0; u < depth.kernel() * height.kernel(); u++) {
                if (isOfPhase(u, phase)) {
                    at = listRow(u, phase, filterStride, at);
                }
            }
        }
        phaseStart[phases] = at;
    }

    /** The taps of one row of the filter, which {@code u} counts through its depths. */
    private int listRow(int u, int phase, int filterStride, int first) {
        int at = first;
        for (int c = 0; c < sourceChannels; c++) {
            for (int kw = 0; kw < width.kernel(); kw++) {
                if (width.targetPhase(kw) == phase % width.targetPhases()) {
                    filterOffsets[at] = c * filterStride + u * width.kernel() + kw;
                    offsets[at++] = c * planes.channelLength()
                            + planes.offset(u / height.kernel(), u % height.kernel(), kw);
                }
            }
        }
        return at;
    }

    private boolean isOfPhase(int u, int phase) {
        int rowPhase = phase / width.targetPhases();
        return depth.targetPhase(u / height.kernel()) == rowPhase / height.targetPhases()
                && height.targetPhase(u % height.kernel()) == rowPhase % height.targetPhases();
    }

    /** The filter in the order in which the tiles read it: groups, phases, tiles of channels, taps, channels of the tile. */
    private void packWeights(float[] filter, int filterOffset, int sourceStride) {
        int targetStride = sourceStride == channelTaps ? sourceChannels * channelTaps : channelTaps;
        int length = sourceChannels * targetChannels * channelTaps;
        weights = workers.sharedScratch(groups * length);
        int at = 0;
        for (int group = 0; group < groups; group++) {
            for (int phase = 0; phase < phases(); phase++) {
                for (int o = 0, rows; o < targetChannels; o += rows) {
                    rows = DirectTile.rows(targetChannels - o);
                    for (int t = phaseStart[phase]; t < phaseStart[phase + 1]; t++) {
                        int from = filterOffset + group * length + o * targetStride + filterOffsets[t];
                        for (int i = 0; i < rows; i++) {
                            weights[at++] = filter[from + i * targetStride];
                        }
                    }
                }
            }
        }
    }

    private int phases() {
        return depth.targetPhases() * height.targetPhases() * width.targetPhases();
    }

    @Override
    public void run(int task, int worker) {
        int from = task % bands * bandRows;
        int to = Math.min(height.count(), from + bandRows);
        int group = task / bands % groups;
        int plane = depth.sourceLength() * height.sourceLength() * width.sourceLength();
        int first = sourceOffset + task / bands / groups * images * imageDistance + group * sourceChannels * plane;
        int results = DirectTile.MAX_ROWS * resultDistance;
        float[] scratch = workers.scratch(worker,
                copyLength + results + Math.max(resultDistance, planes.besideLength()));
        for (int c = 0; c < sourceChannels; c++) {
            planes.copy(images, source, first + c * plane, imageDistance, from, to - from, scratch,
                    c * planes.channelLength(), scratch, copyLength + results);
        }
        for (int phase = 0; phase < phases(); phase++) {
            int phaseD = phase / (height.targetPhases() * width.targetPhases());
            for (int d = 0; d < depth.count(); d++) {
                if (depth.target(phaseD, d) >= 0) {
                    rows(phase, d, from, to, task / bands, group, scratch);
                }
            }
        }
    }

    /** Cuts a band into runs of rows that meet the same rows of the filter. */
    private void rows(int phase, int d, int from, int to, int image, int group, float[] scratch) {
        int phaseH = phase / width.targetPhases() % height.targetPhases();
        int phaseD = phase / width.targetPhases() / height.targetPhases();
        int filterRows = height.taps(phaseH);
        for (int r = from, end; r < to; r = end) {
            int firstH = height.firstTap(phaseH, r);
            int endH = height.endTap(phaseH, r);
            end = r + 1;
            while (end < to && height.firstTap(phaseH, end) == firstH && height.endTap(phaseH, end) == endH) {
                end++;
            }
            int first = depth.firstTap(phaseD, d) * filterRows + firstH;
            boolean none = depth.endTap(phaseD, d) == 0 || endH == 0;
            int last = none ? first : (depth.endTap(phaseD, d) - 1) * filterRows + endH;
            run(phase, d, from, r, end, first, last, image, group, scratch);
        }
    }

    /** Some rows of positions: all channels of the target, tile by tile. */
    private void run(int phase, int d, int bandFrom, int from, int to, int firstRow, int endRow, int imageGroup,
            int group, float[] scratch) {
        int taps = phaseStart[phase + 1] - phaseStart[phase];
        int rowTaps = width.taps(phase % width.targetPhases()) * sourceChannels;
        int first = firstRow * rowTaps;
        // Of images side by side no position between the rows is computed.
        int n = images == 1 ? (to - from - 1) * planes.rowDistance() + width.count() : (to - from) * planes.columns();
        int columns = images == 1 ? n : planes.columns();
        int x = d * planes.depthDistance() + (from - bandFrom) * planes.rowDistance();
        int w = (group * sourceChannels * channelTaps + phaseStart[phase]) * targetChannels;
        for (int o = 0, rows; o < targetChannels; o += rows) {
            rows = DirectTile.rows(targetChannels - o);
            DirectTile.sums(rows, n, columns, planes.rowDistance() - columns, (endRow - firstRow) * rowTaps, scratch, x,
                    offsets, phaseStart[phase] + first,
                    weights, w + o * taps + first * rows, scratch, copyLength, resultDistance);
            for (int i = 0; i < rows; i++) {
                if (images == 1) {
                    store(phase, d, from, to, imageGroup / groups, group * targetChannels + o + i, scratch,
                            copyLength + i * resultDistance);
                } else {
                    storeSideBySide(phase, d, from, to, imageGroup / groups * images, group * targetChannels + o + i,
                            scratch, copyLength + i * resultDistance);
                }
            }
        }
    }

    /** Turns rows of results of images side by side, and brings them to their places. */
    private void storeSideBySide(int phase, int d, int from, int to, int firstImage, int channel, float[] results,
            int at) {
        int n = (to - from) * width.count();
        if (bias != null) {
            Finish.add(n * images, bias[biasOffset + channel], results, at);
        }
        Finish.activate(activation, n * images, results, at);
        if (isDense() && !accumulate) {
            GemmPacking.transpose(n, images, results, at, images, target,
                    targetAt(phase, d, firstImage, channel) + from * width.count(), targetImageDistance);
            return;
        }
        int turned = copyLength + DirectTile.MAX_ROWS * resultDistance;
        GemmPacking.transpose(n, images, results, at, images, results, turned, n);
        for (int image = 0; image < images; image++) {
            storeRows(phase, from, to, channel, results, turned + image * n, width.count(),
                    targetAt(phase, d, firstImage + image, channel));
        }
    }

    /** Brings rows of results to their places in the target. */
    private void store(int phase, int d, int from, int to, int image, int channel, float[] results, int at) {
        int targetAt = targetAt(phase, d, image, channel);
        int n = (to - from) * width.count();
        if (isDense() && StridedRow.isShort(width.count())) {
            int packed = copyLength + DirectTile.MAX_ROWS * resultDistance;
            StridedRow.pack(to - from, width.count(), results, at, planes.rowDistance(), results, packed);
            store(channel, 0, n, 1, results, packed, targetAt + from * width.count());
        } else {
            storeRows(phase, from, to, channel, results, at, planes.rowDistance(), targetAt);
        }
        if (activation != Activation.IDENTITY) {
            // Forward there is one phase, and the rows follow one another.
            Finish.activate(activation, n, target, targetAt + from * width.count());
        }
    }

    /** Where a channel of an image of the target begins, at depth {@code d} of a phase. */
    private int targetAt(int phase, int d, int image, int channel) {
        int targetD = depth.target(phase / (width.targetPhases() * height.targetPhases()), d);
        return targetOffset + image * targetImageDistance
                + (channel * depth.targetLength() + targetD) * height.targetLength() * width.targetLength();
    }

    private void storeRows(int phase, int from, int to, int channel, float[] results, int at, int distance,
            int targetAt) {
        int phaseW = phase % width.targetPhases();
        int phaseH = phase / width.targetPhases() % height.targetPhases();
        int shift = width.targetShift(phaseW);
        int step = width.targetStep();
        int first = StridedRow.first(width.count(), shift, step);
        int end = StridedRow.end(width.count(), shift, step, width.targetLength(), first);
        for (int r = from; r < to; r++) {
            int h = height.target(phaseH, r);
            if (h >= 0) {
                store(channel, first, end, step, results, at + (r - from) * distance,
                        targetAt + h * width.targetLength() + shift);
            }
        }
    }

    private void store(int channel, int first, int end, int step, float[] results, int at, int to) {
        if (bias != null) {
            StridedRow.copyPlus(bias[biasOffset + channel], end, results, at, target, to);
        } else if (accumulate) {
            StridedRow.add(first, end, step, results, at, target, to);
        } else {
            StridedRow.scatter(first, end, step, results, at, target, to);
        }
    }

    /** Whether rows of positions are whole rows of the target that follow one another. */
    private boolean isDense() {
        return isDense(height) && isDense(width);
    }

    private static boolean isDense(DirectAxis axis) {
        return axis.targetStep() == 1 && axis.targetShift(0) == 0 && axis.count() == axis.targetLength();
    }
}
