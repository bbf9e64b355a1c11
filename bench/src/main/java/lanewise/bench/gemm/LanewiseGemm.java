package lanewise.bench.gemm;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.LanewiseEngine;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;

/** The product by Lanewise. */
public final class LanewiseGemm extends LanewiseEngine<GemmOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewiseGemm(int threads) {
        super(threads, GemmOperands::of);
    }

    @Override
    protected Computation bind(GemmOperands operands) {
        GemmShape shape = operands.shape();
        float[] a = operands.a();
        float[] b = operands.b();
        float[] c = new float[shape.m() * shape.n()];
        Transpose transA = shape.transA() ? Transpose.TRANS : Transpose.NO_TRANS;
        Transpose transB = shape.transB() ? Transpose.TRANS : Transpose.NO_TRANS;
        return Computation.into(c, () -> Gemm.sgemm(workers, transA, transB, shape.m(), shape.n(), shape.k(), 1f, a, 0,
                shape.lda(), b, 0, shape.ldb(), 0f, c, 0, shape.n()));
    }
}
