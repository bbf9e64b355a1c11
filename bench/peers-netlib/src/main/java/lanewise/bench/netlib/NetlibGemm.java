package lanewise.bench.netlib;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.gemm.GemmOperands;
import lanewise.bench.gemm.GemmShape;

/**
 * {@code sgemm} of netlib in Java. It is column-major: the row-major product C = A·B is the column-major one
 * C<sup>T</sup> = B<sup>T</sup>·A<sup>T</sup>.
 */
public final class NetlibGemm extends CheckedEngine<GemmOperands> {

    private final BLAS blas = JavaBLAS.getInstance();

    /**
     * Makes the engine.
     *
     * @param threads 1: the library has no others
     */
    public NetlibGemm(int threads) {
        super(GemmOperands::of);
        if (threads != 1) {
            throw new IllegalArgumentException("threads = " + threads + ", need 1");
        }
    }

    @Override
    public String description() {
        return "dev.ludovic.netlib " + blas.getClass().getSimpleName();
    }

    @Override
    protected Computation bind(GemmOperands operands) {
        GemmShape shape = operands.shape();
        float[] a = operands.a();
        float[] b = operands.b();
        float[] c = new float[shape.m() * shape.n()];
        String transA = shape.transA() ? "T" : "N";
        String transB = shape.transB() ? "T" : "N";
        return Computation.into(c, () -> blas.sgemm(transB, transA, shape.n(), shape.m(), shape.k(), 1f, b, shape.ldb(),
                a, shape.lda(), 0f, c, shape.n()));
    }
}
