package lanewise.kernels.gemm;

import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.gemm.GemmBlocking;

/**
 * General matrix product of row-major float32 matrices: C ← alpha · op(A) · op(B) + beta · C, where op is the identity or
 * the transpose.
 *
 * <p>
 * Every element of C is one chain of fused multiply-adds over k in ascending order, so its bits depend on the shapes and
 * the operands alone, and a row of C has the same bits however many rows are computed with it. The one exception is a
 * single row times a transposed B, and a product with one column: these are dot products, which add by
 * {@value lanewise.kernels.internal.Lanes#SUM_LANES} running sums.
 */
public final class Gemm {

    private Gemm() {}

    /**
     * C ← alpha · op(A) · op(B) + beta · C.
     *
     * @shape A: m×k, or k×m if transA is TRANS; B: k×n, or n×k if transB is TRANS; C: m×n. Row-major, leading dimensions
     *        lda, ldb, ldc
     * @writes overwrites C; C is not read when beta is 0
     * @aliasing C must not overlap A or B (not detected)
     * @workspace packed blocks: of B, shared by the team, and of A where it is transposed or scaled, of each worker: at most
     *            4096·1024 and 160·1040 elements; or of such an A, shared, and of a panel of B of each worker: at most
     *            2304·1024 and 64·1024 elements; less for smaller products
     * @error per element at most γ(k+2) · (|alpha| · Σ|a||b| + |beta·c|), proved
     * @special NaN and infinities propagate as in the sum; alpha = 0 or k = 0 gives C ← beta · C without reading A or B;
     *          m = 0 or n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source BLAS level 3, SGEMM (row-major here); loops after Goto and van de Geijn 2008 and BLIS
     *
     * @param workers the team that computes
     * @param transA whether A is used transposed
     * @param transB whether B is used transposed
     * @param m rows of C
     * @param n columns of C
     * @param k columns of op(A), rows of op(B)
     * @param alpha factor of the product; it scales the elements of A
     * @param a left operand
     * @param aOffset index of its first element
     * @param lda elements between the starts of two of its rows
     * @param b right operand
     * @param bOffset index of its first element
     * @param ldb elements between the starts of two of its rows
     * @param beta factor of the old C
     * @param c the result
     * @param cOffset index of its first element
     * @param ldc elements between the starts of two of its rows
     * @throws IllegalArgumentException if a size is negative or a leading dimension less than a row
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void sgemm(Workers workers, Transpose transA, Transpose transB, int m, int n, int k, float alpha,
            float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb, float beta, float[] c, int cOffset,
            int ldc) {
        sgemm(workers, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
                Epilogue.NONE);
    }

    /**
     * C ← epilogue(alpha · op(A) · op(B) + beta · C): the bias and the activation of a layer, applied while C is in cache.
     *
     * @shape A: m×k, or k×m if transA is TRANS; B: k×n, or n×k if transB is TRANS; C: m×n. Row-major, leading dimensions
     *        lda, ldb, ldc; the epilogue's bias: n or m elements
     * @writes overwrites C; C is not read when beta is 0
     * @aliasing C must not overlap A, B or the bias (not detected)
     * @workspace packed blocks: of B, shared by the team, and of A where it is transposed or scaled, of each worker: at most
     *            4096·1024 and 160·1040 elements; or of such an A, shared, and of a panel of B of each worker: at most
     *            2304·1024 and 64·1024 elements; less for smaller products
     * @error per element before the activation at most γ(k+3) · (|alpha| · Σ|a||b| + |beta·c| + |bias|), proved; then the
     *        activation's own
     * @special NaN and infinities propagate as in the sum; alpha = 0 or k = 0 gives C ← epilogue(beta · C) without reading
     *          A or B; m = 0 or n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source BLAS level 3, SGEMM (row-major here); loops after Goto and van de Geijn 2008 and BLIS
     *
     * @param workers the team that computes
     * @param transA whether A is used transposed
     * @param transB whether B is used transposed
     * @param m rows of C
     * @param n columns of C
     * @param k columns of op(A), rows of op(B)
     * @param alpha factor of the product; it scales the elements of A
     * @param a left operand
     * @param aOffset index of its first element
     * @param lda elements between the starts of two of its rows
     * @param b right operand
     * @param bOffset index of its first element
     * @param ldb elements between the starts of two of its rows
     * @param beta factor of the old C
     * @param c the result
     * @param cOffset index of its first element
     * @param ldc elements between the starts of two of its rows
     * @param epilogue what is done to the finished elements
     * @throws IllegalArgumentException if a size is negative or a leading dimension less than a row
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void sgemm(Workers workers, Transpose transA, Transpose transB, int m, int n, int k, float alpha,
            float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb, float beta, float[] c, int cOffset,
            int ldc, Epilogue epilogue) {
        String op = "sgemm";
        Objects.requireNonNull(workers, "sgemm: workers is null");
        boolean ta = isTransposed("sgemm: transA is null", transA);
        boolean tb = isTransposed("sgemm: transB is null", transB);
        Checks.size(op, "m", m);
        Checks.size(op, "n", n);
        Checks.size(op, "k", k);
        Checks.matrix(op, "a", a, aOffset, ta ? k : m, ta ? m : k, "lda", lda);
        Checks.matrix(op, "b", b, bOffset, tb ? n : k, tb ? k : n, "ldb", ldb);
        Checks.matrix(op, "c", c, cOffset, m, n, "ldc", ldc);
        Objects.requireNonNull(epilogue, "sgemm: epilogue is null").check(op, m, n);
        if (start(m, n, k, alpha, beta, c, cOffset, ldc, epilogue)) {
            return;
        }
        if (n == 1 || m == 1) {
            workers.reusable(VectorProduct.class, VectorProduct::new).run(workers, ta, tb, m, n, k, alpha, a, aOffset,
                    lda,
                    b, bOffset, ldb, c, cOffset, ldc, beta != 0);
            epilogue.apply(m, n, c, cOffset, ldc, 0, 0);
        } else if (GemmBlocking.isBetterTransposed(tb, alpha, m, n, k, bOffset, ldb)) {
            workers.reusable(TransposedProduct.class, TransposedProduct::new).run(workers, ta, m, n, k, a, aOffset, lda,
                    b,
                    bOffset, ldb, beta != 0, c, cOffset, ldc);
            epilogue.apply(m, n, c, cOffset, ldc, 0, 0);
        } else if (GemmBlocking.isInPlace(ta, tb, alpha, m, n, k, aOffset, lda)) {
            BlockedGemm.multiplyInPlace(workers, m, n, k, a, aOffset, lda, b, bOffset, ldb, beta != 0, c, cOffset, ldc,
                    epilogue);
        } else if (GemmBlocking.isPanelwise(m, n, k)) {
            workers.reusable(PanelwiseGemm.class, PanelwiseGemm::new).run(workers, ta, tb, m, n, k, alpha, a, aOffset,
                    lda, b,
                    bOffset, ldb,
                    beta != 0, c, cOffset, ldc, epilogue);
        } else {
            workers.reusable(BlockedGemm.class, BlockedGemm::new).left(ta, m, alpha, a, aOffset, lda)
                    .right(tb, k, n, b, bOffset, ldb).into(beta != 0, c, cOffset, ldc, epilogue).run(workers);
        }
    }

    /**
     * C ← epilogue(alpha · op(A) · B + beta · C), with B packed before.
     *
     * @shape A: m×k, or k×m if transA is TRANS; B: k×n as packed; C: m×n. Row-major, leading dimensions lda, ldc; the
     *        epilogue's bias: n or m elements
     * @writes overwrites C; C is not read when beta is 0
     * @aliasing C must not overlap A or the bias (not detected)
     * @workspace packed blocks of A where it is transposed or scaled: at most 160·1040 elements of each worker
     * @error per element before the activation at most γ(k+3) · (|alpha| · Σ|a||b| + |beta·c| + |bias|), proved; then the
     *        activation's own
     * @special NaN and infinities propagate as in the sum; alpha = 0 or k = 0 gives C ← epilogue(beta · C) without reading
     *          A or B; m = 0 or n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add;
     *                a single row has the bits that it has within more rows, also when B was packed from its transpose
     * @source BLAS level 3, SGEMM (row-major here); loops after Goto and van de Geijn 2008 and BLIS
     *
     * @param workers the team that computes
     * @param transA whether A is used transposed
     * @param m rows of C
     * @param alpha factor of the product; it scales the elements of A
     * @param a left operand
     * @param aOffset index of its first element
     * @param lda elements between the starts of two of its rows
     * @param b right operand, which also says k and n
     * @param beta factor of the old C
     * @param c the result
     * @param cOffset index of its first element
     * @param ldc elements between the starts of two of its rows
     * @param epilogue what is done to the finished elements
     * @throws IllegalArgumentException if m is negative or a leading dimension less than a row
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void sgemm(Workers workers, Transpose transA, int m, float alpha, float[] a, int aOffset, int lda,
            PackedMatrix b, float beta, float[] c, int cOffset, int ldc, Epilogue epilogue) {
        String op = "sgemm";
        Objects.requireNonNull(workers, "sgemm: workers is null");
        boolean ta = isTransposed("sgemm: transA is null", transA);
        int k = Objects.requireNonNull(b, "sgemm: b is null").k();
        int n = b.n();
        Checks.size(op, "m", m);
        Checks.matrix(op, "a", a, aOffset, ta ? k : m, ta ? m : k, "lda", lda);
        Checks.matrix(op, "c", c, cOffset, m, n, "ldc", ldc);
        Objects.requireNonNull(epilogue, "sgemm: epilogue is null").check(op, m, n);
        if (start(m, n, k, alpha, beta, c, cOffset, ldc, epilogue)) {
            return;
        }
        workers.reusable(BlockedGemm.class, BlockedGemm::new).left(ta, m, alpha, a, aOffset, lda)
                .right(k, n, b.panels())
                .into(beta != 0, c, cOffset, ldc, epilogue).run(workers);
    }

    /**
     * C[i] ← alpha · op(A[i]) · op(B[i]) + beta · C[i] for matrices at constant distances.
     *
     * @shape A[i], from aOffset + i·aStride: m×k, or k×m if transA is TRANS; B[i], from bOffset + i·bStride: k×n, or n×k
     *        if transB is TRANS; C[i], from cOffset + i·cStride: m×n. Row-major, leading dimensions lda, ldb, ldc. A stride
     *        of 0 uses one operand for all
     * @writes overwrites every C[i]; they are not read when beta is 0
     * @aliasing no C[i] may overlap another one (checked), or A or B (not detected)
     * @workspace packed blocks of A and B, of each worker: at most 4096·1024 + 160·1040 elements, less for smaller products
     * @error per element at most γ(k+2) · (|alpha| · Σ|a||b| + |beta·c|), proved
     * @special NaN and infinities propagate as in the sum; alpha = 0 or k = 0 gives C[i] ← beta · C[i] without reading A or
     *          B; m = 0, n = 0 or batch = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add;
     *                each product has the bits that it has alone
     * @source cuBLAS gemmStridedBatched (row-major here)
     *
     * @param workers the team that computes
     * @param transA whether the left operands are used transposed
     * @param transB whether the right operands are used transposed
     * @param m rows of each C[i]
     * @param n columns of each C[i]
     * @param k columns of each op(A[i]), rows of each op(B[i])
     * @param alpha factor of the products; it scales the elements of A
     * @param a left operands
     * @param aOffset index of the first element of the first
     * @param lda elements between the starts of two rows
     * @param aStride elements between the starts of two left operands, at least 0
     * @param b right operands
     * @param bOffset index of the first element of the first
     * @param ldb elements between the starts of two rows
     * @param bStride elements between the starts of two right operands, at least 0
     * @param beta factor of the old C
     * @param c the results
     * @param cOffset index of the first element of the first
     * @param ldc elements between the starts of two rows
     * @param cStride elements between the starts of two results, at least the size of one
     * @param batch how many products
     * @throws IllegalArgumentException if a size or a stride is negative, a leading dimension less than a row, or cStride
     *             less than a result
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void sgemmStridedBatched(Workers workers, Transpose transA, Transpose transB, int m, int n, int k,
            float alpha, float[] a, int aOffset, int lda, int aStride, float[] b, int bOffset, int ldb, int bStride,
            float beta, float[] c, int cOffset, int ldc, int cStride, int batch) {
        String op = "sgemmStridedBatched";
        Objects.requireNonNull(workers, "sgemmStridedBatched: workers is null");
        boolean ta = isTransposed("sgemmStridedBatched: transA is null", transA);
        boolean tb = isTransposed("sgemmStridedBatched: transB is null", transB);
        Checks.size(op, "m", m);
        Checks.size(op, "n", n);
        Checks.size(op, "k", k);
        Checks.size(op, "batch", batch);
        Checks.matrices(op, "a", a, aOffset, ta ? k : m, ta ? m : k, "lda", lda, "aStride", aStride, batch);
        Checks.matrices(op, "b", b, bOffset, tb ? n : k, tb ? k : n, "ldb", ldb, "bStride", bStride, batch);
        Checks.matrices(op, "c", c, cOffset, m, n, "ldc", ldc, "cStride", cStride, batch);
        long extent = m == 0 || n == 0 ? 0 : (m - 1L) * ldc + n;
        if (batch > 1 && cStride < extent) {
            throw new IllegalArgumentException(op + ": cStride = " + cStride + ", need cStride >= " + extent
                    + " (C[i] is " + m + " x " + n + ", ldc = " + ldc + ")");
        }
        if (m > 1 && n > 1 && GemmBlocking.isLargeOnlyTogether(m, n, k, batch)) {
            workers.reusable(BatchOfSmall.class, BatchOfSmall::new).run(workers, ta, tb, m, n, k, alpha, a,
                    aOffset, lda, aStride, b, bOffset, ldb, bStride, beta, c, cOffset, ldc, cStride, batch);
            return;
        }
        for (int i = 0; i < batch; i++) {
            sgemm(workers, transA, transB, m, n, k, alpha, a, aOffset + i * aStride, lda, b, bOffset + i * bStride, ldb,
                    beta, c, cOffset + i * cStride, ldc);
        }
    }

    /** What comes before the sum: C ← beta · C. Says whether there is no sum, and the product is finished. */
    static boolean start(int m, int n, int k, float alpha, float beta, float[] c, int cOffset, int ldc,
            Epilogue epilogue) {
        boolean noSum = alpha == 0 || k == 0;
        if ((beta != 0 && beta != 1) || (beta == 0 && noSum)) {
            scale(m, n, beta, c, cOffset, ldc);
        }
        if (noSum) {
            epilogue.apply(m, n, c, cOffset, ldc, 0, 0);
        }
        return noSum || m == 0 || n == 0;
    }

    private static void scale(int m, int n, float beta, float[] c, int cOffset, int ldc) {
        for (int i = 0; i < m; i++) {
            int row = cOffset + i * ldc;
            for (int j = row; j < row + n; j++) {
                c[j] = beta == 0 ? 0 : beta * c[j];
            }
        }
    }

    private static boolean isTransposed(String whenNull, Transpose trans) {
        return Objects.requireNonNull(trans, whenNull) == Transpose.TRANS;
    }
}
