package lanewise.kernels.convolution;

import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.Finish;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmWarmUp;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * Convolution with 3 x 3 filters by minimal filtering, F(4 x 4, 3 x 3): 36 multiplications for 16 results instead of 144
 * (Lavin and Gray, arXiv:1509.09308). Backward-data is the same with the filters rotated and input and output channels
 * exchanged.
 *
 * <p>
 * An image is cut into tiles of 4 x 4 results, which need 6 x 6 pixels d. With the filter g, a tile is Aᵀ [Σ (G g Gᵀ) ⊙ (Bᵀ d
 * B)] A, the sum over input channels. Each of the 36 places of a transformed tile is thus a matrix product of its own:
 * transformed filters U [outC][c] times transformed tiles V [c][tiles] make M [outC][tiles].
 *
 * <p>
 * The matrices are those of Toom and Cook for the points 0, ±5/8, ±3/2 and infinity, whose powers are exact in float32. The
 * usual points 0, ±1, ±2 have about four times the error for the same work: decision 0007.
 *
 * <p>
 * The error of a result, by the usual forward analysis: an input passes at most 8 roundings in Bᵀ d B, a filter's element 10
 * in G g Gᵀ (with those of the coefficients), a product c + 1 in the sum, and a sum 8 in Aᵀ M A; bias and accumulation add one
 * each. So it is at most γ(c + 30) · (|Aᵀ| [Σ (|G| |g| |Gᵀ|) ⊙ (|Bᵀ| |d| |B|)] |A| + |bias| + |y|), and as the matrices
 * amplify by at most {@value #AMPLIFICATION}, at most γ(c + 30) · ({@value #AMPLIFICATION} · Σ max|g| · max|d| + |bias| +
 * |y|) with the maxima over a filter and the pixels of a tile.
 *
 * <p>
 * Of the two transformed operands the smaller one is kept whole; tasks transform what they need of the other one. Every
 * lane of a vector is a tile, and tiles are counted within their image, so the bits of a result depend on nothing else.
 */
final class WinogradConvolution {

    /** Points of interpolation: ±A and ±B, beside 0 and infinity. */
    static final float A = 0.625f;
    /** The other pair of points. */
    static final float B = 1.5f;

    /** The largest absolute row sum of Aᵀ · diag(row sums of |G| times row sums of |Bᵀ|), squared, rounded up. */
    static final int AMPLIFICATION = 565;

    private static final int L = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;
    private static final int PLACES = 36;

    /** Elements of the transformed operand that is kept whole, 48 MiB; more is done in several passes. */
    private static final int SHARED = 3 << 22;
    /** Elements of the transformed tiles that are made together. */
    private static final int BLOCK = 300_000;
    private static final int MAX_CHANNELS = 1 << 16;
    /** Output channels that are multiplied together, when filters are kept and when tiles are. */
    private static final int ROWS = 64;
    private static final int ROWS_OF_OWN_FILTERS = 20;

    static {
        GemmWarmUp.blocked();
        warmUp();
    }

    private final Workers.Job transformingFilters = this::transformFilters;
    private final Workers.Job transformingTiles = this::transformTiles;
    private final Workers.Job multiplyingTiles = this::multiplyTiles;
    private final Workers.Job multiplyingFilters = this::multiplyFilters;

    private final int sharedLimit;

    private Workers workers;
    private int c;
    private int h;
    private int w;
    private int outC;
    private int outH;
    private int outW;
    private int padTop;
    private int padLeft;
    private float[] x;
    private int xOffset;
    private float[] filter;
    private int filterOffset;
    private boolean backward;
    private float[] bias;
    private int biasOffset;
    private Activation activation;
    private boolean accumulate;
    private float[] y;
    private int yOffset;

    private int tilesW;
    private int tilesOfImage;
    private int tiles;
    private int blockTiles;
    private int blockRows;
    private int firstFilter;
    private int filters;
    private float[] shared;

    // U: for each place, a row for each output channel; V and M: for each place, panels. The distance of places is a cache
    // line beyond a multiple of 4 KiB, so that the places of a tile share no cache set.
    private int uRow;
    private int uPlace;
    private int vPanel;
    private int vPlace;
    private int mPanel;
    private int mPlace;

    // pixels by place, rows of pixels, a vector of tiles, and results, in the scratch memory of a worker
    private int pixels;
    private int stripe;
    private int mAt;
    private int pixelsAt;
    private int rowsAt;
    private int tileAt;
    private int stripesAt;
    private int productAt;
    private int filterAt;
    private int uAt;
    private int scratch;

    WinogradConvolution() {
        this(SHARED);
    }

    /** With another limit of the shared memory, in elements: for tests. */
    WinogradConvolution(int sharedLimit) {
        this.sharedLimit = sharedLimit;
    }

    /** What a geometry lacks, or null if it can be computed. */
    static String needed(ConvolutionGeometry g) {
        if (g.rank() != 2 || g.groups() != 1) {
            return "two dimensions and one group";
        }
        if (Math.max(g.c(), g.outC()) > MAX_CHANNELS) {
            return "at most " + MAX_CHANNELS + " channels";
        }
        return isPossible(g.height()) && isPossible(g.width())
                ? null
                : "3 x 3 filters, stride and dilation 1 and padding of at most 2";
    }

    /**
     * Whether this is the fastest way: by the time that its parts take, in nanoseconds of one core of the machine of decision
     * 0007, which also says what a matrix product takes.
     */
    static boolean pays(ConvolutionGeometry g) {
        if (needed(g) != null) {
            return false;
        }
        double pairs = (double) g.c() * g.outC();
        double count = (double) g.n() * Math.ceilDiv(g.outH(), 4) * Math.ceilDiv(g.outW(), 4);
        double time = count * (0.9 * pairs + 23.0 * g.c() + 17.0 * g.outC()) + 13 * pairs;
        return time < 0.225 * pairs * g.n() * g.outH() * g.outW();
    }

    private static boolean isPossible(Window window) {
        return window.kernel() == 3 && window.stride() == 1 && window.dilation() == 1 && window.padBegin() <= 2
                && window.padEnd() <= 2;
    }

    /** Has the transforms compiled, as the micro-kernels are. */
    private static void warmUp() {
        if (!Lanes.COMPILED) {
            return;
        }
        ConvolutionGeometry g = ConvolutionGeometry.of2d(1, 16, 16, 16, 16, 3, 3).padding(1);
        float[] x = new float[g.imageLength()];
        float[] filter = new float[g.filterLength()];
        float[] y = new float[g.outputLength()];
        try (Workers workers = Workers.single()) {
            WinogradConvolution convolution = new WinogradConvolution();
            for (int call = 0; call < GemmWarmUp.CALLS / g.c(); call++) {
                convolution.backwardData(workers, g, x, 0, filter, 0, y, 0, (call & 1) == 0);
            }
        }
    }

    void forward(Workers workers, ConvolutionGeometry g, float[] x, int xo, float[] filter, int fo, float[] bias,
            int bo, Activation activation, float[] y, int yo) {
        backward = false;
        c = g.c();
        h = g.height().input();
        w = g.width().input();
        outC = g.outC();
        outH = g.outH();
        outW = g.outW();
        padTop = g.height().padBegin();
        padLeft = g.width().padBegin();
        this.bias = bias;
        biasOffset = bo;
        this.activation = activation;
        accumulate = false;
        run(workers, g.n(), x, xo, filter, fo, y, yo);
    }

    void backwardData(Workers workers, ConvolutionGeometry g, float[] dy, int dyo, float[] filter, int fo, float[] dx,
            int dxo, boolean accumulate) {
        backward = true;
        c = g.outC();
        h = g.outH();
        w = g.outW();
        outC = g.c();
        outH = g.height().input();
        outW = g.width().input();
        padTop = 2 - g.height().padBegin();
        padLeft = 2 - g.width().padBegin();
        bias = null;
        activation = Activation.IDENTITY;
        this.accumulate = accumulate;
        run(workers, g.n(), dy, dyo, filter, fo, dx, dxo);
    }

    private void run(Workers workers, int n, float[] x, int xo, float[] filter, int fo, float[] y, int yo) {
        this.workers = workers;
        this.x = x;
        xOffset = xo;
        this.filter = filter;
        filterOffset = fo;
        this.y = y;
        yOffset = yo;
        tilesW = Math.ceilDiv(outW, 4);
        tilesOfImage = Math.ceilDiv(outH, 4) * tilesW;
        tiles = n * tilesOfImage;
        if (tiles > 0) {
            cutTiles();
            run();
        }
        release();
    }

    private void run() {
        int blocks = Math.ceilDiv(tiles, blockTiles);
        long transformedTiles = (long) blocks * PLACES * vPlace;
        boolean keepTiles = outC > tiles && transformedTiles <= sharedLimit;
        if (keepTiles) {
            shared = workers.sharedScratch((int) transformedTiles + L);
            firstFilter = 0;
            filters = outC;
            layOut(ROWS_OF_OWN_FILTERS, true);
            workers.run(transformingTiles, blocks);
            workers.run(multiplyingFilters, Math.ceilDiv(outC, blockRows));
        } else {
            int atOnce = Math.clamp(sharedLimit / (PLACES * uRow), 1, outC);
            uPlace = place(atOnce * uRow);
            shared = workers.sharedScratch(PLACES * uPlace);
            layOut(ROWS, false);
            for (firstFilter = 0; firstFilter < outC; firstFilter += atOnce) {
                filters = Math.min(atOnce, outC - firstFilter);
                workers.run(transformingFilters, filters);
                workers.run(multiplyingTiles, blocks);
            }
        }
    }

    /** Cuts all tiles of the batch into blocks, an even number for two threads. */
    private void cutTiles() {
        int panels = Math.ceilDiv(tiles, NR);
        int most = Math.max(1, BLOCK / (PLACES * c * NR));
        int blocks = Math.ceilDiv(Math.ceilDiv(panels, most), 2) * 2;
        blockTiles = Math.ceilDiv(panels, blocks) * NR;
        uRow = GemmBlocking.rowDistance(c);
        vPanel = c * NR + L;
        vPlace = place(blockTiles / NR * vPanel);
    }

    private static int place(int elements) {
        return Math.ceilDiv(elements, 1024) * 1024 + 16;
    }

    /** Lays out the scratch memory of a worker. */
    private void layOut(int rows, boolean keepTiles) {
        blockRows = Math.min(rows, outC);
        mPanel = blockRows * NR + L;
        mPlace = place(blockTiles / NR * mPanel);
        int images = (blockTiles - 2) / tilesOfImage + 2;
        int places = blockTiles + 2 * tilesW + images * (tilesW + 1);
        pixels = places + 2 * L;
        stripe = 4 * (blockTiles + L);
        mAt = keepTiles ? 0 : PLACES * vPlace;
        pixelsAt = mAt + PLACES * mPlace;
        rowsAt = pixelsAt + 24 * pixels;
        tileAt = rowsAt + 16 * (places + L);
        stripesAt = tileAt + 2 * PLACES * L;
        productAt = stripesAt + 4 * stripe;
        filterAt = productAt + PanelProduct.scratch(blockRows, c);
        uAt = filterAt + WinogradFilter.SCRATCH;
        if (keepTiles) {
            uPlace = place(blockRows * uRow);
        }
        scratch = uAt + (keepTiles ? PLACES * uPlace : 0);
    }

    private void transformFilters(int task, int worker) {
        float[] s = workers.scratch(worker, scratch);
        transformFilter(firstFilter + task, s, shared, task * uRow);
    }

    private void transformFilter(int k, float[] s, float[] u, int at) {
        int from = filterOffset + (backward ? k : k * c) * 9;
        WinogradFilter.transform(c, filter, from, backward ? outC * 9 : 9, backward, s, filterAt, u, at, uPlace);
    }

    private void transformTiles(int block, int worker) {
        float[] s = workers.scratch(worker, scratch);
        input(block, s, shared, block * PLACES * vPlace);
    }

    private void multiplyTiles(int block, int worker) {
        float[] s = workers.scratch(worker, scratch);
        input(block, s, s, 0);
        for (int row = 0; row < filters; row += blockRows) {
            multiply(block, firstFilter + row, Math.min(blockRows, filters - row), shared, row * uRow, s, 0, s);
        }
    }

    private void multiplyFilters(int task, int worker) {
        float[] s = workers.scratch(worker, scratch);
        int row = task * blockRows;
        int rows = Math.min(blockRows, outC - row);
        for (int k = 0; k < rows; k++) {
            transformFilter(row + k, s, s, uAt + k * uRow);
        }
        for (int block = 0; block * blockTiles < tiles; block++) {
            multiply(block, row, rows, s, uAt, shared, block * PLACES * vPlace, s);
        }
    }

    /** Some output channels of a block of tiles. */
    private void multiply(int block, int firstRow, int rows, float[] u, int uo, float[] v, int vo, float[] s) {
        int count = Math.min(blockTiles, tiles - block * blockTiles);
        for (int e = 0; e < PLACES; e++) {
            for (int p = 0; p * NR < count; p++) {
                PanelProduct.multiply(rows, NR, c, u, uo + e * uPlace, uRow, v, vo + e * vPlace + p * vPanel, NR, true,
                        s, mAt + e * mPlace + p * mPanel, NR, false, s, productAt);
            }
        }
        for (int row = 0; row < rows; row++) {
            output(block * blockTiles, count, firstRow + row, s, mAt + row * NR);
        }
    }

    /** The transformed tiles of a block. */
    private void input(int block, float[] s, float[] v, int vo) {
        int from = block * blockTiles;
        int to = Math.min(tiles, from + blockTiles);
        for (int channel = 0; channel < c; channel++) {
            split(from, to, channel, s);
            for (int q = from; q < to; q += NR) {
                transform(from, q, Math.min(to, q + NR), s, v, vo + (q - from) / NR * vPanel + channel * NR);
            }
        }
    }

    /** The pixels of a channel that some tiles need, image after image. */
    private void split(int from, int to, int channel, float[] s) {
        for (int q = from; q < to;) {
            int image = q / tilesOfImage;
            int tile = q % tilesOfImage;
            int length = Math.min(to - q, tilesOfImage - tile);
            int row = tile / tilesW;
            int rows = (tile + length - 1) / tilesW - row + 1;
            WinogradInput.split(rows, tilesW, 4 * row, h, w, padTop, padLeft, x,
                    xOffset + (image * c + channel) * h * w,
                    s, rowsAt, pixelsAt + pixelsOf(from, image, row * tilesW), pixels);
            q += length;
        }
    }

    /** Where the pixels of a tile are, among those of tiles from a first one on. */
    private int pixelsOf(int from, int image, int tile) {
        int firstImage = from / tilesOfImage;
        int skipped = from % tilesOfImage / tilesW * tilesW;
        return (image - firstImage) * (tilesOfImage + tilesW + 1) + tile - skipped;
    }

    /** The tiles of one panel. */
    private void transform(int from, int panel, int to, float[] s, float[] v, int vo) {
        for (int q = panel; q < to;) {
            int image = q / tilesOfImage;
            int tile = q % tilesOfImage;
            int length = Math.min(to - q, tilesOfImage - tile);
            WinogradInput.transform(length, s, pixelsAt + pixelsOf(from, image, tile), pixels, tilesW, tileAt, v,
                    vo + q - panel, vPlace);
            q += length;
        }
    }

    /** The results of one output channel. */
    private void output(int from, int count, int channel, float[] s, int m) {
        for (int p = 0; p * NR < count; p++) {
            WinogradOutput.transform(Math.min(NR, count - p * NR), s, m + p * mPanel, mPlace, tileAt,
                    stripesAt + 4 * p * NR, stripe);
        }
        for (int r = 0; r < 4; r++) {
            if (bias != null) {
                Finish.add(4 * count, bias[biasOffset + channel], s, stripesAt + r * stripe);
            }
            Finish.activate(activation, 4 * count, s, stripesAt + r * stripe);
        }
        for (int q = from; q < from + count;) {
            int image = q / tilesOfImage;
            int tile = q % tilesOfImage;
            int column = tile % tilesW;
            int length = Math.min(tilesW - column, from + count - q);
            int row = tile / tilesW * 4;
            WinogradOutput.store(Math.min(4, outH - row), Math.min(4 * length, outW - 4 * column), s,
                    stripesAt + 4 * (q - from), stripe, accumulate, y,
                    yOffset + ((image * outC + channel) * outH + row) * outW + 4 * column, outW);
            q += length;
        }
    }

    /** Lets go of the caller's arrays. */
    private void release() {
        workers = null;
        x = null;
        filter = null;
        bias = null;
        y = null;
        shared = null;
    }
}
