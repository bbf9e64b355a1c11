package lanewise.kernels.gemm;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Copies operands into the order in which micro-kernels read them.
 *
 * <p>
 * A panel of B holds {@link GemmBlocking#NR} columns, row after row, filled up with zeros. A panel of A holds
 * {@link GemmBlocking#MR} rows, column after column.
 */
final class GemmPacking {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;
    private static final int MR = GemmBlocking.MR;

    private GemmPacking() {}

    /** A panel of B from k rows of its columns. */
    static void panelOfB(int k, int width, float[] b, int bo, int ldb, float[] panel, int o) {
        if (width == NR) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < NR; j += LANES) {
                    FloatVector.fromArray(FLOATS, b, bo + p * ldb + j).intoArray(panel, o + p * NR + j);
                }
            }
        } else {
            for (int p = 0; p < k; p++) {
                int at = o + p * NR;
                System.arraycopy(b, bo + p * ldb, panel, at, width);
                Arrays.fill(panel, at + width, at + NR, 0f);
            }
        }
    }

    /** A panel of B from the rows of its transpose. */
    static void panelOfTransposedB(int k, int width, float[] b, int bo, int ldb, float[] panel, int o) {
        if (width < NR) {
            Arrays.fill(panel, o, o + k * NR, 0f);
        }
        transpose(width, k, 1f, b, bo, ldb, panel, o, NR);
    }

    /** Panels of A, one after another, from m rows (a multiple of MR). */
    static void panelsOfA(int m, int k, float alpha, float[] a, int ao, int lda, float[] panels, int o) {
        for (int i = 0; i < m; i += MR) {
            int a0 = ao + i * lda;
            int a1 = a0 + lda;
            int a2 = a1 + lda;
            int a3 = a2 + lda;
            int a4 = a3 + lda;
            int at = o + i * k;
            for (int p = 0; p < k; p++) {
                panels[at + p * MR] = alpha * a[a0 + p];
                panels[at + p * MR + 1] = alpha * a[a1 + p];
                panels[at + p * MR + 2] = alpha * a[a2 + p];
                panels[at + p * MR + 3] = alpha * a[a3 + p];
                panels[at + p * MR + 4] = alpha * a[a4 + p];
            }
        }
    }

    /** The same panels from the k rows of A's transpose. */
    static void panelsOfTransposedA(int m, int k, float alpha, float[] a, int ao, int lda, float[] panels, int o) {
        for (int i = 0; i < m; i += MR) {
            int at = o + i * k;
            for (int p = 0; p < k; p++) {
                int from = ao + i + p * lda;
                panels[at + p * MR] = alpha * a[from];
                panels[at + p * MR + 1] = alpha * a[from + 1];
                panels[at + p * MR + 2] = alpha * a[from + 2];
                panels[at + p * MR + 3] = alpha * a[from + 3];
                panels[at + p * MR + 4] = alpha * a[from + 4];
            }
        }
    }

    /** m rows of A, one after another without gaps. */
    static void rowsOfA(int m, int k, float alpha, float[] a, int ao, int lda, float[] rows, int o) {
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                rows[o + i * k + p] = alpha * a[ao + i * lda + p];
            }
        }
    }

    /** {@code to[j][i] = alpha * from[i][j]}: eight rows at a time, so that half a cache line is written at once. */
    static void transpose(int rows, int columns, float alpha, float[] from, int fo, int ldFrom, float[] to, int o,
            int ldTo) {
        int main = rows & -8;
        for (int i = 0; i < main; i += 8) {
            int f0 = fo + i * ldFrom;
            int f1 = f0 + ldFrom;
            int f2 = f1 + ldFrom;
            int f3 = f2 + ldFrom;
            int f4 = f3 + ldFrom;
            int f5 = f4 + ldFrom;
            int f6 = f5 + ldFrom;
            int f7 = f6 + ldFrom;
            for (int j = 0, at = o + i; j < columns; j++, at += ldTo) {
                to[at] = alpha * from[f0 + j];
                to[at + 1] = alpha * from[f1 + j];
                to[at + 2] = alpha * from[f2 + j];
                to[at + 3] = alpha * from[f3 + j];
                to[at + 4] = alpha * from[f4 + j];
                to[at + 5] = alpha * from[f5 + j];
                to[at + 6] = alpha * from[f6 + j];
                to[at + 7] = alpha * from[f7 + j];
            }
        }
        for (int i = main; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[o + j * ldTo + i] = alpha * from[fo + i * ldFrom + j];
            }
        }
    }
}
