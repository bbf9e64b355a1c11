package lanewise.properties.gemm;

import java.util.Arrays;
import java.util.SplittableRandom;
import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;

/**
 * Integer matrices A and B, as they are and transposed, with their exact product. Element (i, j) of a product of leading
 * rows and columns is the same whatever their number, so one large product tells what all smaller ones of this k must be.
 */
final class IntegerProduct {

    private static final float SENTINEL = -12345.678f;
    private static final int OFFSET = 5;
    private static final int LD_MORE = 3;
    private static final int AFTER = 40;

    private final int k;
    private final Stored a;
    private final Stored b;
    private final int[][] product;

    /**
     * Draws the matrices.
     *
     * @param m rows of A
     * @param n columns of B
     * @param k inner dimension
     */
    IntegerProduct(int m, int n, int k) {
        this.k = k;
        SplittableRandom random = new SplittableRandom(31L * k + 7L * m + n);
        int[][] left = matrix(random, m, k);
        int[][] right = matrix(random, k, n);
        a = new Stored(left, m, k);
        b = new Stored(right, k, n);
        product = new int[m][n];
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                for (int j = 0; j < n; j++) {
                    product[i][j] += left[i][p] * right[p][j];
                }
            }
        }
    }

    /**
     * Fails unless C is exact, and all around it unchanged, for both transposes and every pair of scalars. With beta = 0
     * the old C is NaN.
     *
     * @param workers the team to run on
     * @param m how many leading rows
     * @param n how many leading columns
     * @param scalars values of alpha and beta
     * @return how many products were checked
     */
    int check(Workers workers, int m, int n, float... scalars) {
        int ldc = n + LD_MORE;
        float[] c = new float[OFFSET + m * ldc + AFTER];
        float[] expected = new float[c.length];
        int checked = 0;
        for (float alpha : scalars) {
            for (float beta : scalars) {
                expect(expected, m, n, ldc, alpha, beta);
                for (Transpose transA : Transpose.values()) {
                    for (Transpose transB : Transpose.values()) {
                        reset(c, m, n, ldc, beta);
                        Gemm.sgemm(workers, transA, transB, m, n, k, alpha, a.array(transA), OFFSET, a.ld(transA),
                                b.array(transB), OFFSET, b.ld(transB), beta, c, OFFSET, ldc);
                        String operation = transA + ", " + transB + ", m = " + m + ", n = " + n + ", k = " + k
                                + ", alpha = "
                                + alpha + ", beta = " + beta + ", ldc = " + ldc + ", " + workers.threads() + " threads";
                        compare(operation, expected, c, ldc);
                        checked++;
                    }
                }
            }
        }
        return checked;
    }

    private void expect(float[] expected, int m, int n, int ldc, float alpha, float beta) {
        Arrays.fill(expected, SENTINEL);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                expected[OFFSET + i * ldc + j] = alpha * product[i][j] + (beta == 0 ? 0 : beta * old(i, j));
            }
        }
    }

    private static void reset(float[] c, int m, int n, int ldc, float beta) {
        Arrays.fill(c, SENTINEL);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                c[OFFSET + i * ldc + j] = beta == 0 ? Float.NaN : old(i, j);
            }
        }
    }

    private static void compare(String operation, float[] expected, float[] c, int ldc) {
        for (int index = 0; index < c.length; index++) {
            if (c[index] != expected[index]) {
                int relative = index - OFFSET;
                throw new AssertionError(operation + ": C at row " + Math.floorDiv(relative, ldc) + ", column "
                        + Math.floorMod(relative, ldc) + " is " + c[index] + ", expected " + expected[index]);
            }
        }
    }

    private static float old(int i, int j) {
        return (7 * i + 3 * j) % 11 - 5;
    }

    private static int[][] matrix(SplittableRandom random, int rows, int columns) {
        int[][] matrix = new int[rows][columns];
        for (int[] row : matrix) {
            Arrays.setAll(row, j -> random.nextInt(-3, 4));
        }
        return matrix;
    }

    /** A matrix in memory, as it is and transposed, at an offset and with a leading dimension larger than needed. */
    private static final class Stored {

        private final int straightLd;
        private final int transposedLd;
        private final float[] straight;
        private final float[] transposed;

        Stored(int[][] matrix, int rows, int columns) {
            straightLd = columns + LD_MORE;
            transposedLd = rows + LD_MORE;
            straight = new float[OFFSET + rows * straightLd];
            transposed = new float[OFFSET + columns * transposedLd];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    straight[OFFSET + i * straightLd + j] = matrix[i][j];
                    transposed[OFFSET + j * transposedLd + i] = matrix[i][j];
                }
            }
        }

        float[] array(Transpose trans) {
            return trans == Transpose.TRANS ? transposed : straight;
        }

        int ld(Transpose trans) {
            return trans == Transpose.TRANS ? transposedLd : straightLd;
        }
    }
}
