package lanewise.kernels.gemm;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * A few rows times a transposed B, the forward pass of a layer with a small batch: computed as Cᵀ = B · Aᵀ. Packing then
 * transposes the few rows of A and not all of B, whose rows lie as a left operand's should. The bits are those of the
 * product itself, since the factors of a multiply-add may change places.
 *
 * <p>
 * Aᵀ is one panel of one, two or as many vectors as the micro-kernels take: what it lacks in columns is computed from
 * whatever lies there, and dropped.
 */
final class TransposedProduct {

    private static final int NR = GemmBlocking.NR;
    private static final int LANES = Lanes.LANES;

    private float[] panel = new float[0];
    private float[] transposedC = new float[0];

    void run(Workers workers, boolean transA, int m, int n, int k, float[] a, int aOffset, int lda, float[] b,
            int bOffset,
            int ldb, boolean accumulate, float[] c, int cOffset, int ldc) {
        int width = m <= LANES ? LANES : Math.min(m <= 2 * LANES ? 2 * LANES : NR, NR);
        if (panel.length < k * width) {
            panel = new float[k * width];
        }
        if (transposedC.length < n * width) {
            transposedC = new float[n * width];
        }
        if (transA) {
            for (int p = 0; p < k; p++) {
                System.arraycopy(a, aOffset + p * lda, panel, p * width, m);
            }
        } else {
            GemmPacking.transpose(m, k, a, aOffset, lda, panel, 0, width);
        }
        if (accumulate) {
            GemmPacking.transpose(m, n, c, cOffset, ldc, transposedC, 0, width);
        }
        workers.reusable(BlockedGemm.class, BlockedGemm::new).left(false, n, 1f, b, bOffset, ldb)
                .rightPanel(k, width, panel).into(accumulate, transposedC, 0, width, Epilogue.NONE).run(workers);
        GemmPacking.transpose(n, m, transposedC, 0, width, c, cOffset, ldc);
    }
}
