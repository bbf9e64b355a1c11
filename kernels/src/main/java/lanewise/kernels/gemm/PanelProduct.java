package lanewise.kernels.gemm;

import lanewise.kernels.internal.Lanes;

/**
 * The innermost loop around the micro-kernels: some rows of A times one panel of B, into the same rows of a strip of C at
 * most {@link GemmBlocking#NR} columns wide. Picks the micro-kernels for the rows and the columns that are left.
 */
final class PanelProduct {

    private static final int LANES = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;
    private static final int MR = GemmBlocking.MR;
    private static final boolean WIDE = Lanes.WIDE_REGISTER_FILE;

    private PanelProduct() {}

    /** Scratch elements that a product of m rows and depth k may use. */
    static int scratch(int m, int k) {
        return Math.max((m + k) * LANES, m * NR);
    }

    /** A by rows; B where it is, or a packed panel when {@code ldb} is NR and {@code packed} says so. */
    static void ofRows(int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, boolean packed,
            float[] c, int co, int ldc, boolean accumulate, float[] scratch, int so) {
        if (n == NR) {
            int main = packed ? m - m % MR : 0;
            if (main > 0) {
                if (WIDE) {
                    RowsTile5x4.multiply(main, k, a, ao, lda, b, bo, c, co, ldc, accumulate);
                } else {
                    RowsTile5x2.multiply(main, k, a, ao, lda, b, bo, c, co, ldc, accumulate);
                }
            }
            fullWidth(m - main, k, a, ao + main * lda, lda, b, bo, ldb, c, co + main * ldc, ldc, accumulate);
            return;
        }
        int done = 0;
        if (n > 3 * LANES) {
            fourVectors(m, k, a, ao, lda, b, bo, ldb, n - LANES, c, co, ldc, accumulate);
            return;
        }
        if (n > 2 * LANES) {
            twoVectors(m, k, a, ao, lda, b, bo, ldb, LANES, c, co, ldc, accumulate);
            done = 2 * LANES;
        }
        int left = n - done;
        if (left > LANES) {
            twoVectors(m, k, a, ao, lda, b, bo + done, ldb, left - LANES, c, co + done, ldc, accumulate);
        } else if (left == LANES) {
            oneVector(m, k, a, ao, lda, b, bo + done, ldb, c, co + done, ldc, accumulate);
        } else if (left > 0) {
            narrow(m, left, k, a, ao, lda, b, bo + done, ldb, c, co + done, ldc, accumulate, scratch, so);
        }
    }

    /** A packed: panels of MR rows, then the rows that are left, each k elements long; B a packed panel. */
    static void ofPanels(int m, int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int ldc,
            boolean accumulate, float[] scratch, int so) {
        if (n == NR) {
            int main = m - m % MR;
            if (WIDE) {
                PanelTile5x4.multiply(main, k, a, ao, b, bo, c, co, ldc, accumulate);
            } else {
                PanelTile5x2.multiply(main, k, a, ao, b, bo, c, co, ldc, accumulate);
            }
            fullWidth(m - main, k, a, ao + main * k, k, b, bo, NR, c, co + main * ldc, ldc, accumulate);
            return;
        }
        if (accumulate) {
            copy(m, n, c, co, ldc, scratch, so, NR);
        }
        ofPanels(m, NR, k, a, ao, b, bo, scratch, so, NR, accumulate, null, 0);
        copy(m, n, scratch, so, NR, c, co, ldc);
    }

    private static void fullWidth(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c,
            int co, int ldc, boolean accumulate) {
        if (WIDE) {
            fourVectors(m, k, a, ao, lda, b, bo, ldb, 3 * LANES, c, co, ldc, accumulate);
        } else {
            twoVectors(m, k, a, ao, lda, b, bo, ldb, LANES, c, co, ldc, accumulate);
        }
    }

    private static void fourVectors(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last,
            float[] c, int co, int ldc, boolean accumulate) {
        int main = m - m % 5;
        if (main > 0) {
            FourVectorTile.rows5(main, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
        }
        int at = ao + main * lda;
        int ct = co + main * ldc;
        switch (m - main) {
            case 1 -> FourVectorTile.rows1(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            case 2 -> FourVectorTile.rows2(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            case 3 -> FourVectorTile.rows3(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            case 4 -> FourVectorTile.rows4(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            default -> {
            }
        }
    }

    private static void twoVectors(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last,
            float[] c, int co, int ldc, boolean accumulate) {
        int main = m - m % 5;
        if (main > 0) {
            TwoVectorTile.rows5(main, k, a, ao, lda, b, bo, ldb, last, c, co, ldc, accumulate);
        }
        int at = ao + main * lda;
        int ct = co + main * ldc;
        switch (m - main) {
            case 1 -> TwoVectorTile.rows1(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            case 2 -> TwoVectorTile.rows2(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            case 3 -> TwoVectorTile.rows3(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
            case 4 -> TwoVectorTile.rows4(k, a, at, lda, b, bo, ldb, last, c, ct, ldc, accumulate);
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
