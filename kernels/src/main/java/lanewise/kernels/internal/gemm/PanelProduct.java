package lanewise.kernels.internal.gemm;

import lanewise.kernels.internal.Lanes;

/**
 * The innermost loop around the micro-kernels: some rows of A times one panel of B, into the same rows of a strip of C at
 * most {@link GemmBlocking#NR} columns wide. Picks the micro-kernels for the rows and the columns that are left.
 */
public final class PanelProduct {

    private static final int LANES = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;
    private static final boolean WIDE = Lanes.WIDE_REGISTER_FILE;

    /** Whether {@link #multiplyAndPack} may be called: it needs 32 registers. */
    public static final boolean PACKS_WHILE_MULTIPLYING = WIDE;

    /** Rows of A that {@link #multiplyAndPack} multiplies. */
    public static final int ROWS_WHILE_PACKING = 5;

    private PanelProduct() {}

    /** Scratch elements that a product of m rows and depth k may use. */
    public static int scratch(int m, int k) {
        return (m + k) * LANES;
    }

    /** Elements of a packed matrix of k rows and n columns. */
    public static int packedLength(int k, int n) {
        return Math.ceilDiv(n, NR) * NR * k;
    }

    /** Packs k rows of n columns, panel after panel. */
    public static void pack(int k, int n, float[] b, int bo, int ldb, float[] panels, int o) {
        for (int j = 0; j < n; j += NR) {
            GemmPacking.panelOfB(k, Math.min(NR, n - j), b, bo + j, ldb, panels, o + j * k);
        }
    }

    /** Packs the transpose of n rows of k columns, panel after panel. */
    public static void packTransposed(int k, int n, float[] b, int bo, int ldb, float[] panels, int o) {
        GemmPacking.panelsOfTransposedB(k, n, b, bo, ldb, panels, o);
    }

    /** C (+)= A·B with the first k of the {@code packed} rows of a B of n packed columns. */
    public static void multiplyPanels(int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo, int packed,
            float[] c, int co, int ldc, boolean accumulate, float[] scratch, int so) {
        multiplyPanels(m, 0, n, k, a, ao, lda, b, bo, packed, c, co, ldc, accumulate, scratch, so);
    }

    /** The same of columns {@code from} to n only. */
    public static void multiplyPanels(int m, int from, int n, int k, float[] a, int ao, int lda, float[] b, int bo,
            int packed, float[] c, int co, int ldc, boolean accumulate, float[] scratch, int so) {
        int next;
        for (int j = from; j < n; j = next) {
            int inPanel = j % NR;
            next = Math.min(n, j - inPanel + NR);
            multiply(m, next - j, k, a, ao, lda, b, bo + (j - inPanel) * packed + inPanel, NR, true, c, co + j, ldc,
                    accumulate, scratch, so);
        }
    }

    /**
     * C (+)= A·B. B is a packed panel when {@code packed} says so, and {@code ldb} is then NR.
     */
    public static void multiply(int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb,
            boolean packed,
            float[] c, int co, int ldc, boolean accumulate, float[] scratch, int so) {
        if (n == NR) {
            int main = packed ? m - foursOf(m) * 4 - tailOf(m) : 0;
            if (main > 0) {
                multiplyPanel(main, k, a, ao, lda, b, bo, c, co, ldc, accumulate);
            }
            int fours = packed && !WIDE ? foursOf(m) * 4 : 0;
            if (fours > 0) {
                RowsTile4x2.multiply(fours, k, a, ao + main * lda, lda, b, bo, c, co + main * ldc, ldc, accumulate);
                main += fours;
            }
            ao += main * lda;
            co += main * ldc;
            if (WIDE) {
                fourVectors(m - main, k, a, ao, lda, b, bo, ldb, 3 * LANES, c, co, ldc, accumulate);
            } else {
                twoVectors(m - main, k, a, ao, lda, b, bo, ldb, LANES, c, co, ldc, accumulate);
            }
        } else if (n > 3 * LANES) {
            fourVectors(m, k, a, ao, lda, b, bo, ldb, n - LANES, c, co, ldc, accumulate);
        } else if (n > 2 * LANES) {
            twoVectors(m, k, a, ao, lda, b, bo, ldb, LANES, c, co, ldc, accumulate);
            if (n < 3 * LANES && !accumulate) {
                // The last vector overlaps the one before: its columns are computed twice, to the same bits.
                oneVector(m, k, a, ao, lda, b, bo + n - LANES, ldb, c, co + n - LANES, ldc, false);
            } else {
                multiply(m, n - 2 * LANES, k, a, ao, lda, b, bo + 2 * LANES, ldb, false, c, co + 2 * LANES, ldc,
                        accumulate, scratch, so);
            }
        } else if (n > LANES) {
            twoVectors(m, k, a, ao, lda, b, bo, ldb, n - LANES, c, co, ldc, accumulate);
        } else if (n == LANES) {
            oneVector(m, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate);
        } else {
            narrow(m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate, scratch, so);
        }
    }

    /** C (+)= A·B for the first rows of A and a whole panel of B, which is packed on the way. Needs 32 registers. */
    public static void multiplyAndPack(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] panels,
            int po,
            float[] c, int co, int ldc, boolean accumulate) {
        RowsTile5x4.multiplyAndPack(k, a, ao, lda, b, bo, ldb, panels, po, c, co, ldc, accumulate);
    }

    private static void multiplyPanel(int m, int k, float[] a, int ao, int lda, float[] b, int bo, float[] c, int co,
            int ldc, boolean accumulate) {
        if (WIDE) {
            RowsTile5x4.multiply(m, k, a, ao, lda, b, bo, c, co, ldc, accumulate);
        } else {
            RowsTile5x2.multiply(m, k, a, ao, lda, b, bo, c, co, ldc, accumulate);
        }
    }

    /**
     * How many tiles of four rows make the rest divisible by five: fewer than four rows at a time leave the FMA units waiting
     * for each other's results.
     */
    private static int foursOf(int m) {
        int fours = (5 - m % 5) % 5;
        return 4 * fours <= m ? fours : 0;
    }

    /** Rows that neither fives nor fours take: some of the few numbers below 12. */
    private static int tailOf(int m) {
        return (m - 4 * foursOf(m)) % 5;
    }

    private static void fourVectors(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last,
            float[] c, int co, int ldc, boolean accumulate) {
        int tail = tailOf(m);
        int fours = 4 * foursOf(m);
        int fives = m - fours - tail;
        if (fives > 0) {
            FourVectorTile.rows5(fives, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            ao += fives * lda;
            co += fives * ldc;
        }
        if (fours > 0) {
            FourVectorTile.rows4(fours, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            ao += fours * lda;
            co += fours * ldc;
        }
        switch (tail) {
            case 1 -> FourVectorTile.rows1(k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            case 2 -> FourVectorTile.rows2(k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            case 3 -> FourVectorTile.rows3(k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            default -> {
            }
        }
    }

    private static void twoVectors(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last,
            float[] c, int co, int ldc, boolean accumulate) {
        if (WIDE) {
            int eights = m & -8;
            if (eights > 0) {
                TwoVectorTile.rows8(eights, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
                ao += eights * lda;
                co += eights * ldc;
            }
            m -= eights;
        }
        int tail = tailOf(m);
        int fours = 4 * foursOf(m);
        int fives = m - fours - tail;
        if (fives > 0) {
            TwoVectorTile.rows5(fives, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            ao += fives * lda;
            co += fives * ldc;
        }
        if (fours > 0) {
            TwoVectorTile.rows4(fours, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            ao += fours * lda;
            co += fours * ldc;
        }
        switch (tail) {
            case 1 -> TwoVectorTile.rows1(k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            case 2 -> TwoVectorTile.rows2(k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            case 3 -> TwoVectorTile.rows3(k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
            default -> {
            }
        }
    }

    private static void oneVector(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c,
            int co, int ldc, boolean accumulate) {
        int done = m & -8;
        if (done > 0) {
            OneVectorTile.rows8(done, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate);
        }
        if ((m & 4) != 0) {
            OneVectorTile.rows4(k, a, ao + done * lda, lda, b, bo, ldb, c, co + done * ldc, ldc, accumulate);
            done += 4;
        }
        if ((m & 2) != 0) {
            OneVectorTile.rows2(k, a, ao + done * lda, lda, b, bo, ldb, c, co + done * ldc, ldc, accumulate);
            done += 2;
        }
        if ((m & 1) != 0) {
            OneVectorTile.rows1(k, a, ao + done * lda, lda, b, bo, ldb, c, co + done * ldc, ldc, accumulate);
        }
    }

    /** Less than a vector of columns: B and C go through scratch memory that is a vector wide. */
    private static void narrow(int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c,
            int co, int ldc, boolean accumulate, float[] scratch, int so) {
        int ct = so + k * LANES;
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < LANES; j++) {
                scratch[so + p * LANES + j] = j < n ? b[bo + p * ldb + j] : 0;
            }
        }
        if (accumulate) {
            copy(m, n, c, co, ldc, scratch, ct, LANES);
        }
        oneVector(m, k, a, ao, lda, scratch, so, LANES, scratch, ct, LANES, accumulate);
        copy(m, n, scratch, ct, LANES, c, co, ldc);
    }

    private static void copy(int m, int n, float[] from, int fo, int ldFrom, float[] to, int o, int ldTo) {
        for (int i = 0; i < m; i++) {
            System.arraycopy(from, fo + i * ldFrom, to, o + i * ldTo, n);
        }
    }
}
