package lanewise.bench.bytedeco;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import lanewise.bench.gemm.GemmShape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** {@code cblas_sgemm} of OpenBLAS. */
public final class OpenBlasGemm extends OffHeapGemm {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public OpenBlasGemm(int threads) {
        openblas.blas_set_num_threads(threads);
    }

    @Override
    public String description() {
        return "OpenBLAS (openblas 0.3.31), threads " + openblas.blas_get_num_threads();
    }

    @Override
    void multiply(GemmShape shape, FloatPointer a, FloatPointer b, FloatPointer c) {
        openblas.cblas_sgemm(CblasRowMajor, shape.transA() ? CblasTrans : CblasNoTrans,
                shape.transB() ? CblasTrans : CblasNoTrans, shape.m(), shape.n(), shape.k(), 1f, a, shape.lda(), b,
                shape.ldb(), 0f, c, shape.n());
    }
}
