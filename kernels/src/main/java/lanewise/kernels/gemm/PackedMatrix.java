package lanewise.kernels.gemm;

import java.util.Objects;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * The right operand of a product, packed once and used often: the weights of a layer. Products with it have the same bits
 * as with the matrix that it was packed from.
 *
 * <p>
 * Any number of threads may read it at once; {@link #repack} must not run meanwhile.
 */
public final class PackedMatrix {

    private final int k;
    private final int n;
    private final float[] panels;

    private PackedMatrix(int k, int n) {
        this.k = k;
        this.n = n;
        long elements = (long) Math.ceilDiv(n, GemmBlocking.NR) * GemmBlocking.NR * k;
        if (elements > GemmBlocking.MAX_INDEX) {
            throw new IllegalArgumentException("PackedMatrix.pack: k * n = " + (long) k * n + ", need at most "
                    + GemmBlocking.MAX_INDEX + " (n rounded up to whole panels of " + GemmBlocking.NR + ")");
        }
        this.panels = new float[(int) elements];
    }

    /**
     * Packs op(B), which is B or its transpose.
     *
     * @shape B: k×n, or n×k if transB is TRANS; row-major, leading dimension ldb
     * @writes a new packed matrix
     * @aliasing none: B is copied
     * @workspace none
     * @error exact
     * @special NaN, infinities and -0 are copied; k = 0 or n = 0 gives an empty matrix
     * @deterministic its layout depends on the machine, products with it do not
     * @source packing of GotoBLAS (Goto and van de Geijn 2008)
     *
     * @param transB whether B is used transposed
     * @param k rows of op(B)
     * @param n columns of op(B)
     * @param b the matrix
     * @param bOffset index of its first element
     * @param ldb elements between the starts of two of its rows
     * @return the packed matrix
     * @throws IllegalArgumentException if k or n is negative, ldb less than a row, or the packed matrix would have
     *             2<sup>30</sup> elements or more
     * @throws IndexOutOfBoundsException if b is too short
     */
    public static PackedMatrix pack(Transpose transB, int k, int n, float[] b, int bOffset, int ldb) {
        String op = "PackedMatrix.pack";
        Objects.requireNonNull(transB, "PackedMatrix.pack: transB is null");
        Checks.size(op, "k", k);
        Checks.size(op, "n", n);
        check(op, transB, k, n, b, bOffset, ldb);
        PackedMatrix packed = new PackedMatrix(k, n);
        packed.fill(transB, b, bOffset, ldb);
        return packed;
    }

    /**
     * Packs new values of the same size into this matrix.
     *
     * @shape B: k×n, or n×k if transB is TRANS; row-major, leading dimension ldb
     * @writes overwrites this matrix
     * @aliasing none: B is copied
     * @workspace none
     * @error exact
     * @special NaN, infinities and -0 are copied; an empty matrix stays empty
     * @deterministic its layout depends on the machine, products with it do not
     * @source packing of GotoBLAS (Goto and van de Geijn 2008)
     *
     * @param transB whether B is used transposed
     * @param b the matrix
     * @param bOffset index of its first element
     * @param ldb elements between the starts of two of its rows
     * @throws IllegalArgumentException if ldb is less than a row
     * @throws IndexOutOfBoundsException if b is too short
     */
    public void repack(Transpose transB, float[] b, int bOffset, int ldb) {
        Objects.requireNonNull(transB, "PackedMatrix.repack: transB is null");
        check("PackedMatrix.repack", transB, k, n, b, bOffset, ldb);
        fill(transB, b, bOffset, ldb);
    }

    /**
     * The number of rows.
     *
     * @return the number
     */
    public int k() {
        return k;
    }

    /**
     * The number of columns.
     *
     * @return the number
     */
    public int n() {
        return n;
    }

    float[] panels() {
        return panels;
    }

    private static void check(String op, Transpose transB, int k, int n, float[] b, int bOffset, int ldb) {
        boolean trans = transB == Transpose.TRANS;
        Checks.matrix(op, "b", b, bOffset, trans ? n : k, trans ? k : n, "ldb", ldb);
    }

    private void fill(Transpose transB, float[] b, int bOffset, int ldb) {
        int columns = GemmPacking.PANELS * GemmBlocking.NR;
        for (int j = 0; j < n; j += columns) {
            int width = Math.min(columns, n - j);
            if (transB == Transpose.TRANS) {
                GemmPacking.panelsOfTransposedB(k, width, b, bOffset + j * ldb, ldb, panels, j * k);
            } else {
                GemmPacking.panelsOfB(k, width, b, bOffset + j, ldb, panels, j * k);
            }
        }
    }
}
