package lanewise.kernels.gemm;

import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Lanes;

/** General matrix product of row-major float32 matrices. */
public final class Gemm {

    private Gemm() {}

    /** Temporary first form: replaced before release. */
    public static void sgemm(Workers workers, Transpose transA, Transpose transB, int m, int n, int k, float alpha,
            float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb, float beta, float[] c, int cOffset,
            int ldc) {
        sgemm(workers, transA, transB, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, beta, c, cOffset, ldc,
                Epilogue.NONE);
    }

    /** Temporary first form: replaced before release. */
    public static void sgemm(Workers workers, Transpose transA, Transpose transB, int m, int n, int k, float alpha,
            float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb, float beta, float[] c, int cOffset,
            int ldc, Epilogue epilogue) {
        Objects.requireNonNull(workers);
        Checks.size("sgemm", "m", m);
        Checks.size("sgemm", "n", n);
        Checks.size("sgemm", "k", k);
        boolean ta = transA == Transpose.TRANS;
        boolean tb = transB == Transpose.TRANS;
        Checks.matrix("sgemm", "a", a, aOffset, ta ? k : m, ta ? m : k, "lda", lda);
        Checks.matrix("sgemm", "b", b, bOffset, tb ? n : k, tb ? k : n, "ldb", ldb);
        Checks.matrix("sgemm", "c", c, cOffset, m, n, "ldc", ldc);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float s = beta == 0 ? 0 : beta * c[cOffset + i * ldc + j];
                if (alpha != 0) {
                    for (int p = 0; p < k; p++) {
                        float av = ta ? a[aOffset + p * lda + i] : a[aOffset + i * lda + p];
                        s = Lanes.fma(alpha * av, tb ? b[bOffset + j * ldb + p] : b[bOffset + p * ldb + j], s);
                    }
                }
                if (epilogue.bias() != null) {
                    s += epilogue.bias()[epilogue.biasOffset() + (epilogue.perRow() ? i : j)];
                }
                if (epilogue.activation() == Activation.RELU) {
                    s = s > 0 ? s : 0;
                } else if (epilogue.activation() == Activation.SIGMOID) {
                    s = (float) (1 / (1 + Math.exp(-s)));
                }
                c[cOffset + i * ldc + j] = s;
            }
        }
    }

    /** Temporary first form: replaced before release. */
    public static void sgemm(Workers workers, Transpose transA, int m, float alpha, float[] a, int aOffset, int lda,
            PackedMatrix b, float beta, float[] c, int cOffset, int ldc, Epilogue epilogue) {
        sgemm(workers, transA, Transpose.NO_TRANS, m, b.n(), b.k(), alpha, a, aOffset, lda, b.data, 0, b.n(), beta, c,
                cOffset, ldc, epilogue);
    }

    /** Temporary first form: replaced before release. */
    public static void sgemmStridedBatched(Workers workers, Transpose transA, Transpose transB, int m, int n, int k,
            float alpha, float[] a, int aOffset, int lda, int aStride, float[] b, int bOffset, int ldb, int bStride,
            float beta, float[] c, int cOffset, int ldc, int cStride, int batch) {
        for (int i = 0; i < batch; i++) {
            sgemm(workers, transA, transB, m, n, k, alpha, a, aOffset + i * aStride, lda, b, bOffset + i * bStride, ldb,
                    beta, c, cOffset + i * cStride, ldc);
        }
    }
}
