package lanewise.kernels.gemm;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;
import lanewise.kernels.internal.gemm.GemmWarmUp;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * The loops around {@link PanelProduct}, from the outside in: blocks of columns of B (loop 5), blocks of depth, for which B
 * is packed (4), then tasks that are a block of rows of A times a group of panels of B (3). Within a
 * task the panels of B follow one another (2), each multiplied by all the rows (1).
 *
 * <p>
 * One object holds the operands of one product at a time; {@link Workers#reusable} keeps it, so that a call allocates
 * nothing.
 */
final class BlockedGemm {

    private static final int NR = GemmBlocking.NR;
    private static final int PACKED_COLUMNS = GemmPacking.PANELS * NR;

    static {
        GemmWarmUp.blocked();
    }

    /** Initialized by the first product whose last panel is not whole. */
    static final class NarrowPanels {

        static {
            GemmWarmUp.narrow();
        }

        static void areCompiled() {}
    }

    private final Workers.Job packing = this::pack;
    private final Workers.Job computing = this::compute;

    private Workers workers;
    private boolean transA;
    private boolean transB;
    private int m;
    private int n;
    private int k;
    private float alpha;
    private float[] a;
    private int aOffset;
    private int lda;
    private float[] b;
    private int bOffset;
    private int ldb;
    private boolean prepacked;
    private int panelWidth;
    private boolean accumulate;
    private float[] c;
    private int cOffset;
    private int ldc;
    private Epilogue epilogue;

    private boolean packsA;
    private boolean packsB;
    private int alone;

    private int jc;
    private int nc;
    private int pc;
    private int kc;
    private int mc;
    private int rowBlocks;
    private int groupColumns;
    private float[] panels;
    private int panelsAt;
    private int panelStride;

    /**
     * A product that one thread computes from its operands where they are: no packing, hence no state, which would be a tenth of
     * the time of a product of 32.
     */
    static void multiplyInPlace(Workers workers, int m, int n, int k, float[] a, int aOffset, int lda, float[] b,
            int bOffset,
            int ldb, boolean accumulate, float[] c, int cOffset, int ldc, Epilogue epilogue) {
        if (n % NR != 0) {
            NarrowPanels.areCompiled();
        }
        float[] scratch = workers.scratch(0, PanelProduct.scratch(m, k));
        for (int j = 0; j < n; j += NR) {
            PanelProduct.multiply(m, Math.min(NR, n - j), k, a, aOffset, lda, b, bOffset + j, ldb, false, c,
                    cOffset + j, ldc,
                    accumulate, scratch, 0);
        }
        epilogue.apply(m, n, c, cOffset, ldc, 0, 0);
    }

    BlockedGemm left(boolean transA, int m, float alpha, float[] a, int aOffset, int lda) {
        this.transA = transA;
        this.m = m;
        this.alpha = alpha;
        this.a = a;
        this.aOffset = aOffset;
        this.lda = lda;
        return this;
    }

    BlockedGemm right(boolean transB, int k, int n, float[] b, int bOffset, int ldb) {
        this.transB = transB;
        this.k = k;
        this.n = n;
        this.b = b;
        this.bOffset = bOffset;
        this.ldb = ldb;
        prepacked = false;
        panelWidth = NR;
        return this;
    }

    /** A right operand that is packed already. */
    BlockedGemm right(int k, int n, float[] panels) {
        right(false, k, n, panels, 0, NR);
        prepacked = true;
        return this;
    }

    /** A right operand that is one packed panel, which may be narrower than others. */
    BlockedGemm rightPanel(int k, int width, float[] panel) {
        right(k, width, panel);
        panelWidth = width;
        return this;
    }

    BlockedGemm into(boolean accumulate, float[] c, int cOffset, int ldc, Epilogue epilogue) {
        this.accumulate = accumulate;
        this.c = c;
        this.cOffset = cOffset;
        this.ldc = ldc;
        this.epilogue = epilogue;
        return this;
    }

    /** Has the micro-kernels compiled, by the initialization of this class. */
    static void initialize() {}

    /** Multiplies with the whole team. */
    void run(Workers workers) {
        multiply(workers, GemmBlocking.isLarge(m, n, k) ? -1 : 0);
    }

    /** Multiplies within a task of one worker. */
    void runAlone(Workers workers, int worker) {
        multiply(workers, worker);
    }

    private void multiply(Workers workers, int alone) {
        this.workers = workers;
        this.alone = alone;
        packsA = GemmBlocking.packsA(transA, alpha, m, k, aOffset, lda);
        packsB = prepacked || GemmBlocking.packsB(transB, m);
        if (n % NR != 0) {
            NarrowPanels.areCompiled();
        }
        int kStep = GemmBlocking.depthOfBlock(k);
        mc = GemmBlocking.rowsOfBlock(m, n, k);
        rowBlocks = Math.ceilDiv(m, mc);
        for (jc = 0; jc < n; jc += GemmBlocking.NC) {
            nc = Math.min(GemmBlocking.NC, n - jc);
            groupColumns = GemmBlocking.groupColumns(rowBlocks, m, nc, k);
            for (pc = 0; pc < k; pc += kStep) {
                kc = Math.min(kStep, k - pc);
                if (prepacked) {
                    panels = b;
                    panelsAt = jc * k + pc * panelWidth;
                    panelStride = NR * k;
                } else if (packsB) {
                    packB();
                }
                run(computing, rowBlocks * Math.ceilDiv(nc, groupColumns));
            }
        }
        release();
    }

    private void packB() {
        int floats = Math.ceilDiv(nc, NR) * NR * kc;
        // A task of a batch has only its worker's memory; the tiles' scratch is at its end.
        panels = alone < 0 ? workers.sharedScratch(floats) : workers.scratch(alone, floats + taskScratch());
        panelsAt = 0;
        panelStride = NR * kc;
        run(packing, Math.ceilDiv(nc, PACKED_COLUMNS));
    }

    private void run(Workers.Job job, int tasks) {
        if (alone < 0) {
            workers.run(job, tasks);
        } else {
            for (int task = 0; task < tasks; task++) {
                job.run(task, alone);
            }
        }
    }

    private void pack(int task, int worker) {
        int j = task * PACKED_COLUMNS;
        int width = Math.min(PACKED_COLUMNS, nc - j);
        if (transB) {
            GemmPacking.panelsOfTransposedB(kc, width, b, bOffset + (jc + j) * ldb + pc, ldb, panels, j * kc);
        } else {
            GemmPacking.panelsOfB(kc, width, b, bOffset + pc * ldb + jc + j, ldb, panels, j * kc);
        }
    }

    private void compute(int task, int worker) {
        int i = task % rowBlocks * mc;
        int rows = Math.min(mc, m - i);
        int from = task / rowBlocks * groupColumns;
        int to = Math.min(nc, from + groupColumns);
        float[] scratch = workers.scratch(worker, taskScratch());
        int scratchAt = scratch.length - taskScratch();
        float[] left = packsA ? scratch : a;
        int at = packsA ? packRowsOfA(i, rows, scratch) : aOffset + i * lda + pc;
        int ld = leftRowDistance();
        boolean adds = accumulate || pc > 0;
        for (int j = from; j < to; j += NR) {
            int width = Math.min(NR, nc - j);
            int ct = cOffset + i * ldc + jc + j;
            if (packsB) {
                PanelProduct.multiply(rows, width, kc, left, at, ld, panels, panelsAt + j / NR * panelStride,
                        panelWidth,
                        true,
                        c, ct, ldc, adds, scratch, scratchAt);
            } else {
                PanelProduct.multiply(rows, width, kc, left, at, ld, b, bOffset + pc * ldb + jc + j, ldb, false, c, ct,
                        ldc, adds, scratch, scratchAt);
            }
        }
        if (pc + kc == k) {
            epilogue.apply(rows, to - from, c, cOffset + i * ldc + jc + from, ldc, i, jc + from);
        }
    }

    /** Packs rows of A at the end of a worker's scratch memory and says where they begin. */
    private int packRowsOfA(int i, int rows, float[] scratch) {
        int at = scratch.length - taskScratch() + PanelProduct.scratch(mc, kc);
        if (transA) {
            GemmPacking.rowsOfTransposedA(rows, kc, alpha, a, aOffset + pc * lda + i, lda, scratch, at,
                    leftRowDistance());
        } else {
            GemmPacking.rowsOfA(rows, kc, alpha, a, aOffset + i * lda + pc, lda, scratch, at, leftRowDistance());
        }
        return at;
    }

    private int leftRowDistance() {
        return packsA ? GemmBlocking.rowDistance(kc) : lda;
    }

    private int taskScratch() {
        return PanelProduct.scratch(mc, kc) + (packsA ? mc * leftRowDistance() : 0);
    }

    /** Lets go of the caller's arrays. */
    private void release() {
        a = null;
        b = null;
        c = null;
        panels = null;
        epilogue = null;
        workers = null;
    }
}
