package lanewise.kernels.gemm;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * A few rows times a transposed B, the forward pass of a layer with a small batch: computed as Cᵀ = B · Aᵀ. Packing then
 * transposes the few rows of A and not all of B, whose rows lie as a left operand's should. The bits are those of the
 * product itself, since the factors of a multiply-add may change places.
 *
 * <p>
 * Aᵀ is one panel, as wide as the micro-kernels: what it lacks in columns is computed from whatever lies there, and dropped.
 */
final class TransposedProduct {

    private static final int NR = GemmBlocking.NR;

    private float[] panel = new float[0];
    private float[] transposedC = new float[0];

    void run(Workers workers, boolean transA, int m, int n, int k, float[] a, int aOffset, int lda, float[] b,
            int bOffset,
            int ldb, boolean accumulate, float[] c, int cOffset, int ldc) {
        if (panel.length < k * NR) {
            panel = new float[k * NR];
        }
        if (transposedC.length < n * NR) {
            transposedC = new float[n * NR];
        }
        if (transA) {
            GemmPacking.panelsOfB(k, m, a, aOffset, lda, panel, 0);
        } else {
            GemmPacking.panelsOfTransposedB(k, m, a, aOffset, lda, panel, 0);
        }
        if (accumulate) {
            GemmPacking.transpose(m, n, c, cOffset, ldc, transposedC, 0, NR);
        }
        workers.reusable(BlockedGemm.class, BlockedGemm::new).left(false, n, 1f, b, bOffset, ldb).right(k, NR, panel)
                .into(accumulate, transposedC, 0, NR, Epilogue.NONE).run(workers);
        GemmPacking.transpose(n, m, transposedC, 0, NR, c, cOffset, ldc);
    }
}
