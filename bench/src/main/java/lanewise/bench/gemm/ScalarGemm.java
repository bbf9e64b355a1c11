package lanewise.bench.gemm;

import java.util.Arrays;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.ScalarEngine;

/** The product as plain loops, in the order that reads and writes along rows. */
public final class ScalarGemm extends ScalarEngine<GemmOperands> {

    /**
     * Makes the engine.
     *
     * @param threads 1
     */
    public ScalarGemm(int threads) {
        super(threads, GemmOperands::of);
    }

    @Override
    protected Computation bind(GemmOperands operands) {
        GemmShape shape = operands.shape();
        float[] c = new float[shape.m() * shape.n()];
        return Computation.into(c, () -> multiply(shape, operands.a(), operands.b(), c));
    }

    static void multiply(GemmShape shape, float[] a, float[] b, float[] c) {
        int n = shape.n();
        int k = shape.k();
        int rowA = shape.transA() ? 1 : k;
        int columnA = shape.transA() ? shape.m() : 1;
        for (int i = 0; i < shape.m(); i++) {
            if (shape.transB()) {
                for (int j = 0; j < n; j++) {
                    c[i * n + j] = dot(k, a, i * rowA, columnA, b, j * k);
                }
            } else {
                Arrays.fill(c, i * n, (i + 1) * n, 0f);
                for (int p = 0; p < k; p++) {
                    axpy(n, a[i * rowA + p * columnA], b, p * n, c, i * n);
                }
            }
        }
    }

    private static void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] += alpha * x[xOffset + j];
        }
    }

    private static float dot(int n, float[] x, int xOffset, int incX, float[] y, int yOffset) {
        float sum = 0;
        for (int p = 0; p < n; p++) {
            sum += x[xOffset + p * incX] * y[yOffset + p];
        }
        return sum;
    }
}
