package lanewise.kernels.gemm;

import lanewise.kernels.Workers;

/**
 * A product with one row or one column: brings the vectors into one piece and hands them to {@link MatrixVector}.
 *
 * <p>
 * One column goes first, so that a product with one row and one column has the bits of a row of a product with one column.
 */
final class VectorProduct {

    static {
        MatrixVector.warmUp();
    }

    private final MatrixVector kernel = new MatrixVector();

    void run(Workers workers, boolean transA, boolean transB, int m, int n, int k, float alpha, float[] a, int aOffset,
            int lda, float[] b, int bOffset, int ldb, float[] c, int cOffset, int ldc, boolean accumulate) {
        boolean column = n == 1;
        int length = column ? m : n;
        int cStep = column ? ldc : 1;
        float[] x = column ? b : a;
        int xOffset = column ? bOffset : aOffset;
        int xStep = column ? transB ? 1 : ldb : transA ? lda : 1;
        int copied = xStep == 1 && alpha == 1 ? 0 : k;
        float[] scratch = workers.sharedScratch(copied + (cStep == 1 ? 0 : length));
        if (copied > 0) {
            for (int p = 0; p < k; p++) {
                scratch[p] = alpha * x[xOffset + p * xStep];
            }
            x = scratch;
            xOffset = 0;
        }
        float[] y = cStep == 1 ? c : scratch;
        int yOffset = cStep == 1 ? cOffset : copied;
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = accumulate ? c[cOffset + i * cStep] : 0;
        }
        if (column && transA) {
            kernel.timesMatrix(workers, k, m, x, xOffset, a, aOffset, lda, y, yOffset);
        } else if (column) {
            kernel.matrixTimes(workers, m, k, a, aOffset, lda, x, xOffset, y, yOffset);
        } else if (transB) {
            kernel.matrixTimes(workers, n, k, b, bOffset, ldb, x, xOffset, y, yOffset);
        } else {
            kernel.timesMatrix(workers, k, n, x, xOffset, b, bOffset, ldb, y, yOffset);
        }
        if (cStep != 1) {
            for (int i = 0; i < length; i++) {
                c[cOffset + i * cStep] = y[yOffset + i];
            }
        }
    }
}
