package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;
import lanewise.kernels.internal.gemm.GemmWarmUp;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * Backward-filter as a product: rows of the matrix of columns that a {@link Walk} describes, over all positions of all
 * images, times the transpose of dy. The rows are copied from the image; the result is the transpose of the filter's
 * gradient.
 */
final class ImplicitGemmFilter {

    private static final int LANES = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;
    private static final int KC = GemmBlocking.KC;

    /** Elements of padded images at a time: more do not stay in the third-level cache. */
    private static final int CHUNK = 1 << 21;
    /** Elements of the result at a time. */
    private static final int RESULT = 1 << 22;
    /** Rows of a task. */
    private static final int MC = 40;
    private static final int MC_FEW = 20;
    private static final int FINISHED_ROWS = 32;
    /** Positions of dy that one task packs: few filters are one panel, which all threads pack together. */
    private static final int PACKED_POSITIONS = 256;
    private static final int TASKS = 12;

    static {
        GemmWarmUp.blocked();
    }

    private final Workers.Job padding = this::pad;
    private final Workers.Job packing = this::packGradient;
    private final Workers.Job computing = this::compute;
    private final Workers.Job finishing = this::finish;

    private Workers workers;
    private Walk walk;
    private int groups;
    private int channels;
    private int filters;
    private float[] x;
    private int xOffset;
    private float[] dy;
    private int dyOffset;
    private float[] dFilter;
    private int dFilterOffset;
    private boolean accumulate;

    private boolean large;
    private int firstRow;
    private int length;
    private int firstImage;
    private int from;
    private int to;
    private int panels;
    private int parts;
    private int rowGroup;
    private int rowGroups;
    private boolean first;
    private float[] shared;
    private int paddedAt;
    private int panelsAt;
    private int panelFloats;
    private int[][] pieces = new int[0][];

    void run(Workers workers, ConvolutionGeometry g, float[] x, int xo, float[] dy, int dyo, float[] dFilter, int dfo,
            boolean accumulate) {
        this.workers = workers;
        walk = g.forwardWalk();
        groups = g.groups();
        channels = g.c() / groups;
        filters = g.outC() / groups;
        this.x = x;
        this.xOffset = xo;
        this.dy = dy;
        this.dyOffset = dyo;
        this.dFilter = dFilter;
        this.dFilterOffset = dfo;
        this.accumulate = accumulate;
        multiply(g.n());
        this.workers = null;
        walk = null;
        this.x = null;
        this.dy = null;
        this.dFilter = null;
        shared = null;
    }

    private void multiply(int batch) {
        int positions = walk.positions();
        large = GemmBlocking.isLarge(2.0 * walk.length() * filters * groups * batch * positions);
        panels = Math.ceilDiv(filters, NR);
        int paddedImage = walk.isInPlace() ? 0 : groups * channels * walk.plane();
        int chunk = walk.isInPlace() ? Math.max(1, batch) : Math.clamp(CHUNK / paddedImage, 1, Math.max(1, batch));
        long resultRow = (long) groups * panels * NR;
        int rowsAtOnce = Math.clamp(RESULT / resultRow / MC * MC, MC, Math.max(MC, walk.length()));
        panelFloats = (int) Math.min((long) chunk * positions, KC) * NR;
        // Panels come before the images, whatever the size of these, where the micro-kernels' indices reach them.
        panelsAt = Math.toIntExact(resultRow * Math.min(walk.length(), rowsAtOnce));
        paddedAt = Math.toIntExact(panelsAt + (long) groups * panels * panelFloats);
        shared = workers.sharedScratch(Math.toIntExact(paddedAt + (long) chunk * paddedImage + LANES));
        int perTask = walk.maxPieces(KC);
        if (pieces.length < workers.threads() || pieces[0].length < perTask) {
            pieces = new int[workers.threads()][perTask];
        }
        for (firstRow = 0; firstRow < walk.length(); firstRow += rowsAtOnce) {
            length = Math.min(rowsAtOnce, walk.length() - firstRow);
            rowGroup = groups * Math.ceilDiv(length, MC) < TASKS ? MC_FEW : MC;
            rowGroups = Math.ceilDiv(length, rowGroup);
            if (batch == 0) {
                Arrays.fill(shared, 0, panelsAt, 0);
            }
            multiplyRows(batch, chunk, positions);
            run(finishing, groups * Math.ceilDiv(length, FINISHED_ROWS));
        }
    }

    private void multiplyRows(int batch, int chunk, int positions) {
        for (firstImage = 0; firstImage < batch; firstImage += chunk) {
            int images = Math.min(chunk, batch - firstImage);
            if (!walk.isInPlace()) {
                run(padding, images * groups * channels);
            }
            long columns = (long) images * positions;
            for (long j = 0; j < columns; j += KC) {
                from = (int) j;
                to = (int) Math.min(columns, j + KC);
                first = firstImage == 0 && j == 0;
                parts = Math.ceilDiv(to - from, PACKED_POSITIONS);
                run(packing, groups * panels * parts);
                run(computing, groups * rowGroups);
            }
        }
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

    private void pad(int plane, int worker) {
        walk.pad(x, xOffset + (firstImage * groups * channels + plane) * walk.sourcePlane(), shared,
                paddedAt + plane * walk.plane());
    }

    /** A part of a panel of the transpose of dy; filters that are not there are zeros. */
    private void packGradient(int task, int worker) {
        int panel = task / parts;
        int group = panel / panels;
        int filter = panel % panels * NR;
        int width = Math.min(NR, filters - filter);
        int positions = walk.positions();
        int first = from + task % parts * PACKED_POSITIONS;
        int end = Math.min(to, first + PACKED_POSITIONS);
        int at = panelsAt + panel * panelFloats + (first - from) * NR;
        if (width < NR) {
            Arrays.fill(shared, at, at + (end - first) * NR, 0);
        }
        for (int j = first; j < end;) {
            int image = j / positions;
            int n = Math.min(end - j, (image + 1) * positions - j);
            GemmPacking.transpose(width, n, dy,
                    dyOffset + ((firstImage + image) * groups * filters + group * filters + filter) * positions
                            + j % positions,
                    positions, shared, at + (j - first) * NR, NR);
            j += n;
        }
    }

    private void compute(int task, int worker) {
        int group = task / rowGroups;
        int row = task % rowGroups * rowGroup;
        int rows = Math.min(rowGroup, length - row);
        int kc = to - from;
        int ld = GemmBlocking.rowDistance(kc);
        int left = PanelProduct.scratch(rowGroup, kc);
        float[] scratch = workers.scratch(worker, left + rowGroup * ld + LANES);
        float[] image = walk.isInPlace() ? x : shared;
        int base = walk.isInPlace()
                ? xOffset + (firstImage * groups + group) * channels * walk.plane()
                : paddedAt + group * channels * walk.plane();
        int count = walk.pieces(from, to, groups * channels * walk.plane(), 0, pieces[worker], 0);
        walk.copy(firstRow + row, firstRow + row + rows, pieces[worker], count, image, base, scratch, left, ld);
        int resultLd = panels * NR;
        for (int panel = 0; panel < panels; panel++) {
            PanelProduct.multiply(rows, NR, kc, scratch, left, ld, shared,
                    panelsAt + (group * panels + panel) * panelFloats, NR, true, shared,
                    (group * length + row) * resultLd + panel * NR, resultLd, !first, scratch, 0);
        }
    }

    /** Transposes some rows of the result to their places in the filters' gradient. */
    private void finish(int task, int worker) {
        int blocks = Math.ceilDiv(length, FINISHED_ROWS);
        int group = task / blocks;
        int row = task % blocks * FINISHED_ROWS;
        int n = Math.min(FINISHED_ROWS, length - row);
        int ld = panels * NR;
        int from = (group * length + row) * ld;
        int t = dFilterOffset + group * filters * walk.length() + firstRow + row;
        for (int filter = 0; filter < filters; filter++, t += walk.length()) {
            for (int i = 0; i < n; i++) {
                float gradient = shared[from + i * ld + filter];
                dFilter[t + i] = accumulate ? dFilter[t + i] + gradient : gradient;
            }
        }
    }
}
