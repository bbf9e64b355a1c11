package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.Finish;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmWarmUp;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * Convolution, and its backward-data, as a product of the filters and the matrix of columns that a {@link Walk} describes:
 * panels of columns are packed straight from the image.
 *
 * <p>
 * Planes are few positions in the deep layers of a network: panels then go on from one image of the batch to the next.
 * Backward-data with a stride is one product for each phase of the stride, so that no zeros are multiplied.
 */
final class ImplicitGemm {

    private static final int LANES = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;
    private static final int KC = GemmBlocking.KC;

    /** Elements of padded images at a time: more do not stay in the third-level cache. */
    private static final int CHUNK = 1 << 21;
    /** The same for each worker, where nothing is shared by images: they are read while its second-level cache has them. */
    private static final int CHUNK_OF_WORKER = 1 << 18;
    /** Elements of images that are likely to be in a cache. */
    private static final int CACHED = 1 << 21;
    /** Elements of the panels that are packed together: they stay in the second-level cache with a block of filters. */
    private static final int PANELS = 3 << 14;
    private static final int MAX_PANELS = 16;
    /** Elements of packed filters at a time. */
    private static final int FILTERS = 1 << 22;
    /** Filters of a block. */
    private static final int MC = 40;
    private static final int TASKS = 12;
    /** Filters that are packed by one task. */
    private static final int PACKED_ROWS = 16;
    /** Planes with fewer positions go on from image to image. */
    private static final int MERGED_POSITIONS = 512;

    static {
        GemmWarmUp.blocked();
    }

    private final Workers.Job padding = this::pad;
    private final Workers.Job packing = this::packFilter;
    private final Workers.Job computing = this::compute;

    private Workers workers;
    private Walk walk;
    private boolean backward;
    private int groups;
    private int channels;
    private int rows;
    private int kernel;
    private float[] source;
    private int sourceOffset;
    private float[] filter;
    private int filterOffset;
    private float[] bias;
    private int biasOffset;
    private Activation activation;
    private boolean accumulate;
    private float[] target;
    private int targetOffset;

    private boolean large;
    private int firstFilter;
    private int filters;
    private int images;
    private int firstImage;
    private float[] packed;
    private int paddedAt;
    private int kStep;
    private int filterLd;
    private int kBlocks;
    private boolean merged;
    private boolean direct;
    private boolean readsMatrix;
    private int columns;
    private int columnGroup;
    private int columnGroups;
    private int rowGroup;
    private int rowGroups;
    private int[][] pieces = new int[0][];

    void forward(Workers workers, ConvolutionGeometry g, float[] x, int xo, float[] filter, int fo, float[] bias,
            int bo,
            Activation activation, float[] y, int yo) {
        this.bias = bias;
        this.biasOffset = bo;
        this.activation = activation;
        operands(workers, g, false, x, xo, filter, fo, false, y, yo);
        run(g.forwardWalks(), g.n());
        release();
    }

    void backwardData(Workers workers, ConvolutionGeometry g, float[] dy, int dyo, float[] filter, int fo, float[] dx,
            int dxo, boolean accumulate) {
        bias = null;
        activation = Activation.IDENTITY;
        operands(workers, g, true, dy, dyo, filter, fo, accumulate, dx, dxo);
        run(g.backwardWalks(), g.n());
        release();
    }

    private void operands(Workers workers, ConvolutionGeometry g, boolean backward, float[] source, int so,
            float[] filter, int fo, boolean accumulate, float[] target, int to) {
        this.workers = workers;
        this.backward = backward;
        groups = g.groups();
        channels = (backward ? g.outC() : g.c()) / groups;
        rows = (backward ? g.c() : g.outC()) / groups;
        kernel = g.depth().kernel() * g.height().kernel() * g.width().kernel();
        this.source = source;
        this.sourceOffset = so;
        this.filter = filter;
        this.filterOffset = fo;
        this.accumulate = accumulate;
        this.target = target;
        this.targetOffset = to;
    }

    private void run(Walk[] walks, int batch) {
        boolean inPlace = walks[0].isInPlace();
        int paddedImage = inPlace ? 0 : groups * channels * walks[0].plane();
        int chunk = inPlace ? batch : Math.clamp(chunkElements(walks) / paddedImage, 1, Math.max(1, batch));
        paddedAt = 0;
        for (Walk each : walks) {
            choose(each, batch);
            paddedAt = Math.max(paddedAt, Math.toIntExact(packedRow() * filtersAtOnce()));
        }
        packed = workers.sharedScratch(Math.toIntExact(paddedAt + (long) chunk * paddedImage + LANES));
        for (firstImage = 0; firstImage < batch; firstImage += chunk) {
            images = Math.min(chunk, batch - firstImage);
            choose(walks[0], batch);
            if (!inPlace) {
                run(padding, images * groups * channels);
            }
            for (Walk each : walks) {
                choose(each, batch);
                int atOnce = filtersAtOnce();
                for (firstFilter = 0; firstFilter < rows; firstFilter += atOnce) {
                    filters = Math.min(atOnce, rows - firstFilter);
                    if (firstImage == 0 || walks.length > 1 || filters < rows) {
                        run(packing, groups * Math.ceilDiv(filters, PACKED_ROWS));
                    }
                    run(computing, cut());
                }
            }
        }
    }

    /** Many at a time where panels go on from image to image, or filters are packed for one walk after the other. */
    private int chunkElements(Walk[] walks) {
        return walks.length > 1 || walks[0].positions() < MERGED_POSITIONS
                ? CHUNK
                : (int) Math.min(CHUNK, (long) CHUNK_OF_WORKER * workers.threads());
    }

    private void choose(Walk walk, int batch) {
        this.walk = walk;
        int length = walk.length();
        // A phase of the stride may have no terms: its results are zeros.
        kBlocks = Math.max(1, Math.ceilDiv(length, KC));
        kStep = Math.max(1, Math.ceilDiv(length, kBlocks));
        filterLd = GemmBlocking.rowDistance(kStep);
        large = GemmBlocking.isLarge(2.0 * length * rows * groups * batch * walk.positions());
    }

    /** Elements that one filter of each group takes when packed. */
    private long packedRow() {
        return (long) groups * kBlocks * filterLd;
    }

    private int filtersAtOnce() {
        return Math.min(rows, Math.clamp(FILTERS / packedRow() / MC * MC, MC, Math.max(MC, rows)));
    }

    private void run(Workers.Job job, int tasks) {
        if (large) {
            workers.run(job, tasks);
        } else {
            for (int task = 0; task < tasks; task++) {
                job.run(task, 0);
            }
        }
    }

    /** Cuts the product into tasks, by shape alone. */
    private int cut() {
        int positions = walk.positions();
        merged = images > 1 && positions < MERGED_POSITIONS;
        direct = !merged && !accumulate && walk.writesInOrder();
        // A filter of one element sees a matrix in the image itself. From memory longer rows than a panel's are read faster.
        readsMatrix = PanelProduct.PACKS_WHILE_MULTIPLYING && !merged && kernel == 1 && walk.isInPlace()
                && walk.positions() == walk.plane()
                && (long) images * groups * channels * walk.plane() <= CACHED;
        columns = merged ? images * positions : positions;
        int panels = Math.clamp(PANELS / (kStep * NR), 1, MAX_PANELS);
        columnGroup = Math.ceilDiv(columns, Math.ceilDiv(columns, panels * NR) * NR) * NR;
        columnGroups = Math.ceilDiv(columns, columnGroup);
        int tasks = groups * (merged ? 1 : images) * columnGroups;
        rowGroup = Math.max(MC, Math.ceilDiv(Math.ceilDiv(filters, Math.ceilDiv(TASKS, tasks)), 5) * 5);
        rowGroups = Math.ceilDiv(filters, rowGroup);
        int perTask = walk.maxPieces(columnGroup) + 3 * panels * 3;
        if (pieces.length < workers.threads() || pieces[0].length < perTask) {
            pieces = new int[workers.threads()][perTask];
        }
        return tasks * rowGroups;
    }

    private void pad(int plane, int worker) {
        walk.pad(source, sourceOffset + (firstImage * groups * channels + plane) * walk.sourcePlane(), packed,
                paddedAt + plane * walk.plane());
    }

    private void packFilter(int task, int worker) {
        int blocks = Math.ceilDiv(filters, PACKED_ROWS);
        int group = task / blocks;
        int from = task % blocks * PACKED_ROWS;
        int to = Math.min(filters, from + PACKED_ROWS);
        if (backward) {
            packTurnedFilter(group, from, to);
            return;
        }
        int length = walk.length();
        for (int row = from; row < to; row++) {
            int w = filterOffset + (group * rows + firstFilter + row) * length;
            for (int block = 0, k = 0; k < length; block++, k += kStep) {
                System.arraycopy(filter, w + k, packed, ((group * kBlocks + block) * filters + row) * filterLd,
                        Math.min(kStep, length - k));
            }
        }
    }

    /** Rows of input channels from a filter whose rows are output channels. */
    private void packTurnedFilter(int group, int from, int to) {
        int[] taps = walk.taps();
        for (int channel = 0, k = 0; channel < channels; channel++, k += taps.length) {
            int w = filterOffset + ((group * channels + channel) * rows + firstFilter) * kernel;
            for (int row = from; row < to; row++) {
                packTaps(taps, k, w + row * kernel, (group * kBlocks * filters + row) * filterLd);
            }
        }
    }

    private void packTaps(int[] taps, int firstK, int w, int row) {
        int k = firstK % kStep;
        int at = row + firstK / kStep * filters * filterLd;
        for (int tap : taps) {
            packed[at + k] = filter[w + tap];
            if (++k == kStep) {
                k = 0;
                at += filters * filterLd;
            }
        }
    }

    private void compute(int task, int worker) {
        int firstRow = task % rowGroups * rowGroup;
        int lastRow = Math.min(filters, firstRow + rowGroup);
        int rest = task / rowGroups;
        int from = rest % columnGroups * columnGroup;
        int to = Math.min(columns, from + columnGroup);
        rest /= columnGroups;
        int image = merged ? 0 : rest % images;
        int group = merged ? rest : rest / images;
        int globalFrom = image * walk.positions() + from;

        int panelFloats = columnGroup / NR * panelStride();
        int stripAt = panelFloats + PanelProduct.scratch(MC, kStep);
        float[] scratch = workers.scratch(worker, stripAt + (direct ? 0 : (lastRow - firstRow) * columnGroup));
        float[] result = direct ? target : scratch;
        int at = stripAt;
        int ld = columnGroup;
        if (direct) {
            ld = walk.positions();
            at = targetOffset + (((firstImage + image) * groups + group) * rows + firstFilter + firstRow) * ld + from;
        }
        int length = walk.length();
        for (int block = 0, k = 0; k < length; block++, k += kStep) {
            int kc = Math.min(kStep, length - k);
            int left = ((group * kBlocks + block) * filters + firstRow) * filterLd;
            int done = 0;
            int early = 0;
            if (readsMatrix && lastRow - firstRow >= PanelProduct.ROWS_WHILE_PACKING) {
                early = to - from - (to - from) % NR;
                done = PanelProduct.ROWS_WHILE_PACKING;
                int b = base(group) + (image * groups * channels + k) * walk.plane() + from;
                for (int j = 0; j < early; j += NR) {
                    PanelProduct.multiplyAndPack(kc, packed, left, filterLd, source, b + j, walk.plane(), scratch,
                            j / NR * panelStride(), result, at + j, ld, k > 0);
                }
            }
            packPanels(k, kc, globalFrom, early, to - from, group, scratch, pieces[worker]);
            for (int row = 0; row < lastRow - firstRow; row += MC) {
                for (int j = 0; j < to - from; j += NR) {
                    int skipped = row == 0 && j < early ? done : 0;
                    PanelProduct.multiply(Math.min(MC, lastRow - firstRow - row) - skipped, Math.min(NR, to - from - j),
                            kc,
                            packed, left + (row + skipped) * filterLd, filterLd, scratch, j / NR * panelStride(), NR,
                            true,
                            result, at + (row + skipped) * ld + j, ld, k > 0, scratch, panelFloats);
                }
            }
        }
        for (int row = firstRow; row < lastRow; row++) {
            finish(group * rows + firstFilter + row, globalFrom, to - from, result, at + (row - firstRow) * ld,
                    length == 0);
        }
    }

    /** Copies columns of the matrix, counted from {@code from}, into panels. */
    private void packPanels(int k, int kc, int from, int firstColumn, int width, int group, float[] panels,
            int[] pieces) {
        int count = 0;
        for (int j = firstColumn; j < width; j += NR) {
            count = walk.pieces(from + j, from + Math.min(width, j + NR), groups * channels * walk.plane(),
                    j / NR * panelStride(), pieces, count);
        }
        walk.copy(k, k + kc, pieces, count, walk.isInPlace() ? source : packed, base(group), panels, 0, NR);
    }

    /** Where the channels of a group begin in the first image. */
    private int base(int group) {
        int channel = group * channels;
        return walk.isInPlace()
                ? sourceOffset + (firstImage * groups * channels + channel) * walk.plane()
                : paddedAt + channel * walk.plane();
    }

    /** From one panel to the next: copies may overwrite a vector after its end. */
    private int panelStride() {
        return kStep * NR + LANES;
    }

    /** Bias, activation, and the way into the target, for one row of results. */
    private void finish(int channel, int from, int n, float[] result, int at, boolean empty) {
        if (empty) {
            Arrays.fill(result, at, at + n, 0);
        }
        if (bias != null) {
            Finish.add(n, bias[biasOffset + channel], result, at);
        }
        Finish.activate(activation, n, result, at);
        if (!direct) {
            int stride = groups * rows * walk.targetPlane();
            walk.write(from, from + n, result, at, accumulate, target,
                    targetOffset + firstImage * stride + channel * walk.targetPlane(), stride);
        }
    }

    /** Lets go of the caller's arrays. */
    private void release() {
        workers = null;
        walk = null;
        source = null;
        filter = null;
        bias = null;
        target = null;
        packed = null;
    }
}
