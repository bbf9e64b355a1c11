package lanewise.bench.bytedeco;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;

import lanewise.bench.gemm.GemmShape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** {@code cblas_sgemm} of MKL. */
public final class MklGemm extends OffHeapGemm {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public MklGemm(int threads) {
        Mkl.useThreads(threads);
    }

    @Override
    public String description() {
        return Mkl.description();
    }

    @Override
    void multiply(GemmShape shape, FloatPointer a, FloatPointer b, FloatPointer c) {
        mkl_rt.cblas_sgemm(CblasRowMajor, shape.transA() ? CblasTrans : CblasNoTrans,
                shape.transB() ? CblasTrans : CblasNoTrans, shape.m(), shape.n(), shape.k(), 1f, a, shape.lda(), b,
                shape.ldb(), 0f, c, shape.n());
    }
}
