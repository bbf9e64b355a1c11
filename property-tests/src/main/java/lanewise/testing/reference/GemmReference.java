package lanewise.testing.reference;

import lanewise.kernels.diagnostics.Machine;
import lanewise.kernels.gemm.Transpose;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;

/**
 * C ← alpha · op(A) · op(B) + beta · C.
 *
 * <p>
 * As BLAS has it, what is multiplied by zero is not read: with beta = 0 the old C, with alpha = 0 or k = 0 A and B.
 */
public final class GemmReference {

    private GemmReference() {}

    /**
     * An element of op(A) or op(B).
     *
     * @param matrix the matrix as stored
     * @param trans whether it is stored transposed
     * @param row row of the element
     * @param column its column
     * @return the element
     */
    public static float element(GuardedArray matrix, Transpose trans, int row, int column) {
        return trans == Transpose.TRANS ? matrix.get(column, row) : matrix.get(row, column);
    }

    /**
     * Element (i, j) of the product.
     *
     * @param transA whether A is stored transposed
     * @param transB whether B is stored transposed
     * @param k inner dimension
     * @param alpha factor of the product
     * @param a A as stored
     * @param b B as stored
     * @param beta factor of the old element
     * @param c the old element
     * @param i its row
     * @param j its column
     * @return the new element
     */
    public static double value(Transpose transA, Transpose transB, int k, float alpha, GuardedArray a, GuardedArray b,
            float beta, float c, int i, int j) {
        double sum = 0;
        if (alpha != 0) {
            for (int p = 0; p < k; p++) {
                sum += (double) element(a, transA, i, p) * element(b, transB, p, j);
            }
        }
        return (alpha == 0 ? 0 : alpha * sum) + (beta == 0 ? 0 : (double) beta * c);
    }

    /**
     * The bound of element (i, j): γ(k + 2) · (|alpha| · Σ|a||b| + |beta · c|). It holds for every order of the sum, with
     * and without fused multiply-add; the two more roundings are those of alpha and beta.
     *
     * @param transA whether A is stored transposed
     * @param transB whether B is stored transposed
     * @param k inner dimension
     * @param alpha factor of the product
     * @param a A as stored
     * @param b B as stored
     * @param beta factor of the old element
     * @param c the old element
     * @param i its row
     * @param j its column
     * @return the absolute error that is permitted
     */
    public static double bound(Transpose transA, Transpose transB, int k, float alpha, GuardedArray a, GuardedArray b,
            float beta, float c, int i, int j) {
        double sum = 0;
        if (alpha != 0) {
            for (int p = 0; p < k; p++) {
                sum += Math.abs((double) element(a, transA, i, p) * element(b, transB, p, j));
            }
        }
        double old = beta == 0 ? 0 : Math.abs((double) beta * c);
        return Bounds.gamma(k + 2L) * (Math.abs(alpha) * sum + old) + (k + 2) * Bounds.UNDERFLOW;
    }

    /**
     * Element (i, j) as the kernel promises its bits: one chain of fused multiply-adds over p = 0 … k − 1, which starts
     * from 0 or from beta · c rounded once; alpha scales the elements of A, each rounded once. Where this machine has no fused multiply-add,
     * products are rounded too.
     *
     * @param transA whether A is stored transposed
     * @param transB whether B is stored transposed
     * @param k inner dimension
     * @param alpha factor of the product
     * @param a A as stored
     * @param b B as stored
     * @param beta factor of the old element
     * @param c the old element
     * @param i its row
     * @param j its column
     * @return the new element
     */
    public static float chain(Transpose transA, Transpose transB, int k, float alpha, GuardedArray a, GuardedArray b,
            float beta, float c, int i, int j) {
        float sum = beta == 0 ? 0 : beta * c;
        if (alpha != 0) {
            for (int p = 0; p < k; p++) {
                float x = alpha * element(a, transA, i, p);
                float y = element(b, transB, p, j);
                sum = Machine.hasFma() ? Math.fma(x, y, sum) : x * y + sum;
            }
        }
        return sum;
    }
}
