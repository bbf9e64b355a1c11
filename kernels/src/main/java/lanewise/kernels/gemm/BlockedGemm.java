package lanewise.kernels.gemm;

import lanewise.kernels.Workers;

/**
 * The loops around {@link PanelProduct}, from the outside in: blocks of columns of B (loop 5), blocks of depth (4), A
 * packed some rows at a time (3), then tasks that are a block of rows times a group of panels of B (2). Within a task the
 * panels of B follow one another (1), each multiplied by all the rows.
 *
 * <p>
 * One object holds the operands of one product at a time; {@link Workers#reusable} keeps it, so that a call allocates
 * nothing.
 */
final class BlockedGemm {

    private static final int NR = GemmBlocking.NR;
    private static final int MR = GemmBlocking.MR;
    private static final int ROWS_PER_PACKING_TASK = 8 * MR;

    static {
        GemmWarmUp.blocked();
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
    private boolean accumulate;
    private float[] c;
    private int cOffset;
    private int ldc;
    private Epilogue epilogue;

    private boolean packsA;
    private boolean packsB;
    private int alone;
    private float[] packed;

    private int jc;
    private int nc;
    private int pc;
    private int kc;
    private int ic;
    private int mb;
    private int panelStride;
    private int panelsAt;
    private int rowsAt;
    private int packingTasksOfB;
    private int rowBlocks;
    private int mc;
    private int groupColumns;

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
        return this;
    }

    BlockedGemm right(PackedMatrix b) {
        right(false, b.k(), b.n(), b.panels(), 0, NR);
        prepacked = true;
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
        packsB = prepacked || GemmBlocking.packsB(transB, m);
        packsA = GemmBlocking.packsA(transA, alpha, packsB, n);
        int kBlocks = GemmBlocking.ceilDiv(k, GemmBlocking.KC);
        int kStep = GemmBlocking.ceilDiv(k, kBlocks);
        for (jc = 0; jc < n; jc += GemmBlocking.NC) {
            nc = Math.min(GemmBlocking.NC, n - jc);
            for (pc = 0; pc < k; pc += kStep) {
                kc = Math.min(kStep, k - pc);
                multiplyDepthBlock();
            }
        }
        release();
    }

    private void multiplyDepthBlock() {
        int panels = GemmBlocking.ceilDiv(nc, NR);
        int floatsOfB = packsB && !prepacked ? panels * NR * kc : 0;
        int rowsAtOnce = packsA ? Math.min(m, GemmBlocking.PACKED_ROWS) : m;
        int floats = floatsOfB + (packsA ? rowsAtOnce * kc : 0);
        packed = alone < 0 ? workers.sharedScratch(floats) : workers.scratch(alone, floats + tileScratch());
        packingTasksOfB = floatsOfB > 0 ? panels : 0;
        panelStride = prepacked ? NR * k : NR * kc;
        panelsAt = prepacked ? jc * k + pc * NR : 0;
        for (ic = 0; ic < m; ic += rowsAtOnce) {
            mb = Math.min(rowsAtOnce, m - ic);
            rowsAt = packsA ? floatsOfB : aOffset + ic * lda + pc;
            run(packing, packingTasksOfB + (packsA ? GemmBlocking.ceilDiv(mb, ROWS_PER_PACKING_TASK) : 0));
            packingTasksOfB = 0;
            cutIntoTasks(panels);
            run(computing, rowBlocks * GemmBlocking.ceilDiv(nc, groupColumns));
        }
    }

    private void cutIntoTasks(int panels) {
        mc = Math.min(GemmBlocking.MC, mb);
        rowBlocks = GemmBlocking.ceilDiv(mb, mc);
        int groups = GemmBlocking.isLarge(mb, nc, kc) ? GemmBlocking.ceilDiv(GemmBlocking.TASKS, rowBlocks) : 1;
        groupColumns = GemmBlocking.ceilDiv(panels, groups) * NR;
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
        if (task < packingTasksOfB) {
            packPanelOfB(task);
        } else {
            packRowsOfA((task - packingTasksOfB) * ROWS_PER_PACKING_TASK);
        }
    }

    private void packPanelOfB(int panel) {
        int j = panel * NR;
        int width = Math.min(NR, nc - j);
        if (transB) {
            GemmPacking.panelOfTransposedB(kc, width, b, bOffset + (jc + j) * ldb + pc, ldb, packed,
                    panel * panelStride);
        } else {
            GemmPacking.panelOfB(kc, width, b, bOffset + pc * ldb + jc + j, ldb, packed, panel * panelStride);
        }
    }

    private void packRowsOfA(int i) {
        int rows = Math.min(ROWS_PER_PACKING_TASK, mb - i);
        int from = transA ? aOffset + pc * lda + ic + i : aOffset + (ic + i) * lda + pc;
        int to = rowsAt + i * kc;
        int inPanels = packsB ? rows - rows % MR : 0;
        if (transA) {
            GemmPacking.panelsOfTransposedA(inPanels, kc, alpha, a, from, lda, packed, to);
            GemmPacking.transpose(kc, rows - inPanels, alpha, a, from + inPanels, lda, packed, to + inPanels * kc, kc);
        } else {
            GemmPacking.panelsOfA(inPanels, kc, alpha, a, from, lda, packed, to);
            GemmPacking.rowsOfA(rows - inPanels, kc, alpha, a, from + inPanels * lda, lda, packed, to + inPanels * kc);
        }
    }

    private void compute(int task, int worker) {
        int i = task % rowBlocks * mc;
        int rows = Math.min(mc, mb - i);
        int from = task / rowBlocks * groupColumns;
        int to = Math.min(nc, from + groupColumns);
        float[] scratch = alone < 0 ? workers.scratch(worker, tileScratch()) : packed;
        int scratchAt = scratch.length - tileScratch();
        boolean adds = accumulate || pc > 0;
        for (int j = from; j < to; j += NR) {
            multiplyPanel(i, rows, j, Math.min(NR, nc - j), adds, scratch, scratchAt);
        }
        if (pc + kc == k) {
            epilogue.apply(rows, to - from, c, cOffset + (ic + i) * ldc + jc + from, ldc, ic + i, jc + from);
        }
    }

    private void multiplyPanel(int i, int rows, int j, int width, boolean adds, float[] scratch, int scratchAt) {
        int ct = cOffset + (ic + i) * ldc + jc + j;
        float[] panels = prepacked ? b : packed;
        int bt = panelsAt + j / NR * panelStride;
        if (!packsB) {
            float[] left = packsA ? packed : a;
            int ld = packsA ? kc : lda;
            PanelProduct.ofRows(rows, width, kc, left, rowsAt + i * ld, ld, b, bOffset + pc * ldb + jc + j, ldb, false,
                    c,
                    ct, ldc, adds, scratch, scratchAt);
        } else if (packsA) {
            PanelProduct.ofPanels(rows, width, kc, packed, rowsAt + i * kc, panels, bt, c, ct, ldc, adds, scratch,
                    scratchAt);
        } else {
            PanelProduct.ofRows(rows, width, kc, a, rowsAt + i * lda, lda, panels, bt, NR, true, c, ct, ldc, adds,
                    scratch, scratchAt);
        }
    }

    private int tileScratch() {
        return PanelProduct.scratch(Math.min(m, GemmBlocking.MC), Math.min(k, GemmBlocking.KC));
    }

    /** Lets go of the caller's arrays. */
    private void release() {
        a = null;
        b = null;
        c = null;
        packed = null;
        epilogue = null;
        workers = null;
    }
}
