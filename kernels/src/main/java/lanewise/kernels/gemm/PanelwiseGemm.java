package lanewise.kernels.gemm;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * A product whose A stays in cache: each task packs one panel of B into its worker's memory and
 * multiplies rows of A by it. No core reads what another one packed, and nobody waits between packing and multiplying; both
 * cost more than a panel that is packed twice.
 *
 * <p>
 * One object holds the operands of one product at a time, as {@link BlockedGemm} does.
 */
final class PanelwiseGemm {

    private static final int NR = GemmBlocking.NR;

    static {
        BlockedGemm.initialize();
    }

    /** Rows of A that are packed by one task; of a transposed A, columns, so that what it reads are long stretches. */
    private static final int PACKED_TOGETHER = 64;

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
    private boolean accumulate;
    private float[] c;
    private int cOffset;
    private int ldc;
    private Epilogue epilogue;

    private float[] left;
    private int leftAt;
    private int leftRowDistance;
    private int rows;
    private int rowBlocks;
    private int depth;

    void run(Workers workers, boolean transA, boolean transB, int m, int n, int k, float alpha, float[] a, int aOffset,
            int lda, float[] b, int bOffset, int ldb, boolean accumulate, float[] c, int cOffset, int ldc,
            Epilogue epilogue) {
        this.workers = workers;
        this.transA = transA;
        this.transB = transB;
        this.m = m;
        this.n = n;
        this.k = k;
        this.alpha = alpha;
        this.a = a;
        this.aOffset = aOffset;
        this.lda = lda;
        this.b = b;
        this.bOffset = bOffset;
        this.ldb = ldb;
        this.accumulate = accumulate;
        this.c = c;
        this.cOffset = cOffset;
        this.ldc = ldc;
        this.epilogue = epilogue;
        if (n % NR != 0) {
            BlockedGemm.NarrowPanels.areCompiled();
        }
        boolean large = GemmBlocking.isLarge(m, n, k);
        left = a;
        leftAt = aOffset;
        leftRowDistance = lda;
        if (GemmBlocking.packsA(transA, alpha, m, k, aOffset, lda)) {
            leftAt = 0;
            leftRowDistance = GemmBlocking.rowDistance(k);
            left = workers.sharedScratch(m * leftRowDistance);
            run(packing, Math.ceilDiv(transA ? k : m, PACKED_TOGETHER), large);
        }
        int panels = Math.ceilDiv(n, NR);
        // One thread packs each panel once; how the rows are cut changes no bit.
        rows = workers.threads() == 1 ? m : GemmBlocking.rowsOfPanelTask(m, panels);
        rowBlocks = Math.ceilDiv(m, rows);
        depth = GemmBlocking.depthOfPanel(k);
        run(computing, rowBlocks * panels, large);
        release();
    }

    private void run(Workers.Job job, int tasks, boolean large) {
        if (large) {
            workers.run(job, tasks);
        } else {
            for (int task = 0; task < tasks; task++) {
                job.run(task, 0);
            }
        }
    }

    private void pack(int task, int worker) {
        int from = task * PACKED_TOGETHER;
        if (transA) {
            GemmPacking.rowsOfTransposedA(m, Math.min(PACKED_TOGETHER, k - from), alpha, a, aOffset + from * lda, lda,
                    left, from,
                    leftRowDistance);
        } else {
            GemmPacking.rowsOfA(Math.min(PACKED_TOGETHER, m - from), k, alpha, a, aOffset + from * lda, lda, left,
                    from * leftRowDistance, leftRowDistance);
        }
    }

    private void compute(int task, int worker) {
        int i = task % rowBlocks * rows;
        int count = Math.min(rows, m - i);
        int j = task / rowBlocks * NR;
        int width = Math.min(NR, n - j);
        int panel = depth * NR;
        float[] scratch = workers.scratch(worker, panel + PanelProduct.scratch(rows, depth));
        int ct = cOffset + i * ldc + j;
        for (int pc = 0; pc < k; pc += depth) {
            int kc = Math.min(depth, k - pc);
            int at = leftAt + i * leftRowDistance + pc;
            boolean adds = accumulate || pc > 0;
            int done = 0;
            if (transB) {
                GemmPacking.panelsOfTransposedB(kc, width, b, bOffset + j * ldb + pc, ldb, scratch, 0);
            } else if (width == NR && count >= PanelProduct.ROWS_WHILE_PACKING) {
                done = PanelProduct.ROWS_WHILE_PACKING;
                PanelProduct.multiplyAndPack(kc, left, at, leftRowDistance, b, bOffset + pc * ldb + j, ldb, scratch, 0,
                        c, ct, ldc,
                        adds);
            } else {
                GemmPacking.panelsOfB(kc, width, b, bOffset + pc * ldb + j, ldb, scratch, 0);
            }
            PanelProduct.multiply(count - done, width, kc, left, at + done * leftRowDistance, leftRowDistance, scratch,
                    0, NR, true, c,
                    ct + done * ldc, ldc, adds, scratch, panel);
        }
        epilogue.apply(count, width, c, ct, ldc, i, j);
    }

    /** Lets go of the caller's arrays. */
    private void release() {
        a = null;
        left = null;
        b = null;
        c = null;
        epilogue = null;
        workers = null;
    }
}
