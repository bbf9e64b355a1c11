package lanewise.kernels.gemm;

import lanewise.kernels.internal.Lanes;

/**
 * Tile and block sizes, and which way a product goes: by shape alone. None of them changes a bit of the result, since
 * every element of C is one chain of additions over k whatever the tiles and blocks are (decision 0002). The figures
 * behind the numbers are in decision 0003.
 */
final class GemmBlocking {

    /** Rows of A that a micro-kernel multiplies at a time. */
    static final int MR = 5;

    /** Columns of a panel of B: four vectors where there are 32 registers, two where there are 16. */
    static final int NR = (Lanes.WIDE_REGISTER_FILE ? 4 : 2) * Lanes.LANES;

    /** Depth of a block: a panel of A stays in the first-level cache and C is passed over seldom. */
    static final int KC = Integer.getInteger("kc", 1024);

    /** Rows of a block of A, a multiple of {@link #MR}: the block stays in the second-level cache. */
    static final int MC = Integer.getInteger("mc", 80);

    /** Columns of a block of B. */
    static final int NC = Integer.getInteger("nc", 4096);

    /** Rows of A that are packed together before they are multiplied. */
    static final int PACKED_ROWS = 1000;

    /** A large product is cut into at least so many tasks, so that threads end at about the same time. */
    static final int TASKS = 12;

    private static final int PACK_B_ROWS = Integer.getInteger("pbr", 48);
    private static final int PACK_A_COLUMNS = Integer.getInteger("pac", 256);
    private static final long FLOPS_FOR_THREADS = 1_000_000;

    private GemmBlocking() {}

    /** Whether B is packed: it must be when transposed; else copying it must pay over the rows of A. */
    static boolean packsB(boolean transB, int m) {
        return transB || m >= PACK_B_ROWS;
    }

    /** Whether A is packed: it must be when transposed or scaled; else copying it must pay over the columns of B. */
    static boolean packsA(boolean transA, float alpha, boolean packsB, int n) {
        return transA || alpha != 1 || (packsB && n >= PACK_A_COLUMNS);
    }

    /** Whether a product is worth the half microsecond that a second thread costs. */
    static boolean isLarge(int m, int n, int k) {
        return 2.0 * m * n * k >= FLOPS_FOR_THREADS;
    }

    /** Whether products that are each too small for a second thread are worth one together. */
    static boolean isLargeOnlyTogether(int m, int n, int k, int batch) {
        return batch > 1 && !isLarge(m, n, k) && 2.0 * m * n * k * batch >= FLOPS_FOR_THREADS;
    }

    /** {@code ceil(a / b)} */
    static int ceilDiv(int a, int b) {
        return Math.ceilDiv(a, b);
    }
}
