package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Copies operands into the order in which micro-kernels read them.
 *
 * <p>
 * A panel of B holds {@link GemmBlocking#NR} columns, row after row; panels follow one another. What the last panel lacks in
 * columns is left undefined and never used. Rows of A lie {@link GemmBlocking#rowDistance} apart.
 */
public final class GemmPacking {

    /** Panels of B that are packed together: whole stretches of memory are read, which a strip of one panel is not. */
    public static final int PANELS = 4;

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final int NR = GemmBlocking.NR;

    /** Initialized by the first transposition that can use it. */
    private static final class CompiledSquares {

        static {
            GemmWarmUp.squares();
        }

        static void transpose(int columns, float[] from, int fo, int ldFrom, float[] to, int o, int ldTo) {
            SquareTranspose.transpose(columns, from, fo, ldFrom, to, o, ldTo);
        }
    }

    /** Elements of scratch memory of {@link #transposeFar}. */
    public static final int TRANSPOSE_SCRATCH = SquareTranspose.SCRATCH;

    private GemmPacking() {}

    /** At most {@link #PANELS} panels of B from k rows of its columns. */
    public static void panelsOfB(int k, int width, float[] b, int bo, int ldb, float[] panels, int o) {
        if (width == PANELS * NR) {
            fourPanels(k, b, bo, ldb, panels, o);
            return;
        }
        for (int j = 0; j < width; j += NR) {
            panelOfB(k, Math.min(NR, width - j), b, bo + j, ldb, panels, o + j * k);
        }
    }

    public static void fourPanels(int k, float[] b, int bo, int ldb, float[] panels, int o) {
        int o1 = o + k * NR;
        int o2 = o1 + k * NR;
        int o3 = o2 + k * NR;
        for (int p = 0; p < k; p++) {
            int from = bo + p * ldb;
            for (int j = 0; j < NR; j += LANES) {
                FloatVector.fromArray(FLOATS, b, from + j).intoArray(panels, o + p * NR + j);
                FloatVector.fromArray(FLOATS, b, from + j + NR).intoArray(panels, o1 + p * NR + j);
                FloatVector.fromArray(FLOATS, b, from + j + 2 * NR).intoArray(panels, o2 + p * NR + j);
                FloatVector.fromArray(FLOATS, b, from + j + 3 * NR).intoArray(panels, o3 + p * NR + j);
            }
        }
    }

    public static void panelOfB(int k, int width, float[] b, int bo, int ldb, float[] panel, int o) {
        if (width == NR) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < NR; j += LANES) {
                    FloatVector.fromArray(FLOATS, b, bo + p * ldb + j).intoArray(panel, o + p * NR + j);
                }
            }
        } else {
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bo + p * ldb, panel, o + p * NR, width);
            }
        }
    }

    /** Panels of B from the rows of its transpose. */
    public static void panelsOfTransposedB(int k, int width, float[] b, int bo, int ldb, float[] panels, int o) {
        for (int j = 0; j < width; j += NR) {
            transpose(Math.min(NR, width - j), k, b, bo + j * ldb, ldb, panels, o + j * k, NR);
        }
    }

    /** Rows of alpha · A. */
    public static void rowsOfA(int m, int k, float alpha, float[] a, int ao, int lda, float[] rows, int o, int ld) {
        for (int i = 0; i < m; i++) {
            System.arraycopy(a, ao + i * lda, rows, o + i * ld, k);
        }
        scale(m, k, alpha, rows, o, ld);
    }

    /** Rows of alpha · A from the k rows of A's transpose. */
    public static void rowsOfTransposedA(int m, int k, float alpha, float[] a, int ao, int lda, float[] rows, int o,
            int ld) {
        transpose(k, m, a, ao, lda, rows, o, ld);
        scale(m, k, alpha, rows, o, ld);
    }

    private static void scale(int m, int k, float alpha, float[] rows, int o, int ld) {
        if (alpha == 1) {
            return;
        }
        for (int i = 0; i < m; i++) {
            for (int p = o + i * ld; p < o + i * ld + k; p++) {
                rows[p] *= alpha;
            }
        }
    }

    /** {@code to[j][i] = from[i][j]}. The last rows that are transposed together overlap those before. */
    public static void transpose(int rows, int columns, float[] from, int fo, int ldFrom, float[] to, int o, int ldTo) {
        int side = SquareTranspose.SIDE;
        if (SquareTranspose.AVAILABLE && rows >= side && columns >= side) {
            for (int next = 0; next < rows; next += side) {
                int i = Math.min(next, rows - side);
                CompiledSquares.transpose(columns, from, fo + i * ldFrom, ldFrom, to, o + i, ldTo);
            }
        } else if (rows >= 8) {
            for (int next = 0; next < rows; next += 8) {
                int i = Math.min(next, rows - 8);
                eightRows(columns, from, fo + i * ldFrom, ldFrom, to, o + i, ldTo);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[o + j * ldTo + i] = from[fo + i * ldFrom + j];
                }
            }
        }
    }

    /** The same where rows of the result are far apart; scratch has {@link #TRANSPOSE_SCRATCH} elements. */
    public static void transposeFar(int rows, int columns, float[] from, int fo, int ldFrom, float[] to, int o,
            int ldTo,
            float[] scratch) {
        int side = SquareTranspose.SIDE;
        if (SquareTranspose.AVAILABLE && rows >= side && columns >= side) {
            for (int next = 0; next < rows; next += side) {
                int i = Math.min(next, rows - side);
                SquareTranspose.transpose(columns, from, fo + i * ldFrom, ldFrom, to, o + i, ldTo, scratch);
            }
        } else {
            transpose(rows, columns, from, fo, ldFrom, to, o, ldTo);
        }
    }

    /** Half a cache line is written at once. */
    private static void eightRows(int columns, float[] from, int f0, int ldFrom, float[] to, int o, int ldTo) {
        int f1 = f0 + ldFrom;
        int f2 = f1 + ldFrom;
        int f3 = f2 + ldFrom;
        int f4 = f3 + ldFrom;
        int f5 = f4 + ldFrom;
        int f6 = f5 + ldFrom;
        int f7 = f6 + ldFrom;
        for (int j = 0, at = o; j < columns; j++, at += ldTo) {
            to[at] = from[f0 + j];
            to[at + 1] = from[f1 + j];
            to[at + 2] = from[f2 + j];
            to[at + 3] = from[f3 + j];
            to[at + 4] = from[f4 + j];
            to[at + 5] = from[f5 + j];
            to[at + 6] = from[f6 + j];
            to[at + 7] = from[f7 + j];
        }
    }
}
