package lanewise.kernels.internal.gemm;

import lanewise.kernels.internal.Lanes;

/**
 * Tile and block sizes, and which way a product goes: by shape alone. None of them changes a bit of the result, since
 * every element of C is one chain of additions over k whatever the tiles and blocks are (decision 0002). The figures
 * behind the numbers are in decision 0004.
 */
public final class GemmBlocking {

    /** Rows of A that the main micro-kernels multiply at a time. */
    private static final int MR = 5;

    /** Columns of a panel of B: four vectors where there are 32 registers, two where there are 16. */
    public static final int NR = (Lanes.WIDE_REGISTER_FILE ? 4 : 2) * Lanes.LANES;

    /** Greatest depth of a block: C is passed over once for every so many steps of k. */
    public static final int KC = 1024;

    // A panel then fills half of the second-level cache.
    private static final int KC_PANEL = 2048;
    // Where several blocks are needed all the same: a wide panel then takes less of the second-level cache.
    private static final int KC_DEEP = Lanes.WIDE_REGISTER_FILE ? 704 : KC;

    /**
     * Micro-kernels mask the indices at which they begin, and their depth, with these. C2 then knows that {@code start + p}
     * does not overflow, and computes the address of {@code a[start + p]} within the load; else it spends two instructions
     * more on every row and every step, one cycle in six (decision 0009).
     */
    public static final int MAX_INDEX = (1 << 30) - 1;
    /** See {@link #MAX_INDEX}. */
    public static final int MAX_DEPTH = (1 << 20) - 1;

    // Rows of a block of A. A small product is one block. In a large one a packed block stays in the second-level cache, and
    // many blocks make many tasks; but every block reads all of packed B, so where that outgrows the caches that a core
    // has for itself, there are fewer.
    private static final int MC_SMALL = 160;
    private static final int MC = 80;
    private static final int MC_LARGE_B = 120;
    private static final long LARGE_B = 1 << 19;

    /** Columns of a block of B. */
    public static final int NC = 4096;

    /** A large product is cut into at least so many tasks, so that threads end at about the same time. */
    private static final int TASKS = 12;
    private static final int MIN_GROUP_COLUMNS = 128;

    // A transposed product keeps all of A and C packed: beyond this, blocks do with less memory.
    private static final int MAX_TRANSPOSED = 1 << 15;
    private static final int PACK_B_ROWS = 48;
    private static final int PANELWISE_ROWS = 32;
    // 16 MiB and the distance between packed rows.
    private static final int PANELWISE_A = 9 << 19;
    private static final int MIN_PANEL_TASK_ROWS = 64;
    private static final double FLOPS_FOR_THREADS = 1e6;

    private GemmBlocking() {}

    /** Whether it is better to transpose A, which is small, than B. */
    public static boolean isBetterTransposed(boolean transB, float alpha, int m, int n, int k, int bOffset, int ldb) {
        return transB && alpha == 1 && isIndexable(bOffset, n, ldb, k) && m <= NR && n > m
                && Math.max(n, k) <= MAX_TRANSPOSED;
    }

    /** Whether B is packed: it must be when transposed; else copying it must pay over the rows of A. */
    public static boolean packsB(boolean transB, int m) {
        return transB || m >= PACK_B_ROWS;
    }

    /**
     * Whether A is passed over once for every panel of B: it must stay in some cache meanwhile. The first rows of A are then
     * multiplied with B where it is, which is packed on the way and costs next to nothing, so that it pays for fewer rows.
     */
    public static boolean isPanelwise(int m, int n, int k) {
        return Lanes.WIDE_REGISTER_FILE && m >= PANELWISE_ROWS && n >= NR && (long) m * rowDistance(k) <= PANELWISE_A;
    }

    /** Rows of A for one task of one panel. */
    public static int rowsOfPanelTask(int m, int panels) {
        int blocks = Math.ceilDiv(TASKS, panels);
        return Math.min(m, Math.max(Math.ceilDiv(m, MR * blocks) * MR, MIN_PANEL_TASK_ROWS));
    }

    /** Whether A is packed: it must be when transposed or scaled. Else rows are read where they are. */
    public static boolean packsA(boolean transA, float alpha, int m, int k, int aOffset, int lda) {
        return transA || alpha != 1 || !isIndexable(aOffset, m, lda, k);
    }

    /** Whether micro-kernels reach all of a matrix with the indices that they mask. */
    private static boolean isIndexable(int offset, int rows, int ld, int columns) {
        return offset + (rows - 1L) * ld + columns <= MAX_INDEX;
    }

    /** Depth of a block, so that blocks are about equal. */
    public static int depthOfBlock(int k) {
        return k <= KC ? k : Math.ceilDiv(k, Math.ceilDiv(k, KC_DEEP));
    }

    /** Depth of a block in a product that goes panel by panel: C, passed over once for each, then waits for other caches. */
    public static int depthOfPanel(int k) {
        return Math.ceilDiv(k, Math.ceilDiv(k, KC_PANEL));
    }

    /** Whether one thread computes a product in one block, and nothing is packed. */
    public static boolean isInPlace(boolean transA, boolean transB, float alpha, int m, int n, int k, int aOffset,
            int lda) {
        return k <= KC && !isLarge(m, n, k) && !packsB(transB, m) && !isPanelwise(m, n, k)
                && !packsA(transA, alpha, m, k, aOffset, lda);
    }

    /** Elements between the starts of two packed rows of A: an odd number of cache lines, so that rows share no cache set. */
    public static int rowDistance(int k) {
        return (Math.ceilDiv(k, 16) | 1) * 16;
    }

    /** Whether a product is worth the half microsecond that a second thread costs. */
    public static boolean isLarge(int m, int n, int k) {
        return isLarge(2.0 * m * n * k);
    }

    /** Whether so many operations are worth the half microsecond that a second thread costs. */
    public static boolean isLarge(double flops) {
        return flops >= FLOPS_FOR_THREADS;
    }

    /** Whether products that are each too small for a second thread are worth one together. */
    public static boolean isLargeOnlyTogether(int m, int n, int k, int batch) {
        return batch > 1 && !isLarge(m, n, k) && 2.0 * m * n * k * batch >= FLOPS_FOR_THREADS;
    }

    /** Rows of A for one task, so that the blocks are about equal: threads would else wait for the longest. */
    public static int rowsOfBlock(int m, int n, int k) {
        if (!isLarge(m, n, k)) {
            return Math.min(m, MC_SMALL);
        }
        long packedB = (long) Math.min(n, NC) * Math.min(k, KC);
        int blocks = Math.ceilDiv(m, packedB > LARGE_B ? MC_LARGE_B : MC);
        return Math.min(m, Math.ceilDiv(m, MR * blocks) * MR);
    }

    /** Columns of B for one task: all of them, unless the blocks of rows alone would be too few tasks. */
    public static int groupColumns(int rowBlocks, int m, int n, int k) {
        int panels = Math.ceilDiv(n, NR);
        int groups = isLarge(m, n, k) ? Math.ceilDiv(TASKS, rowBlocks) : 1;
        return Math.max(Math.ceilDiv(panels, groups) * NR, MIN_GROUP_COLUMNS);
    }
}
