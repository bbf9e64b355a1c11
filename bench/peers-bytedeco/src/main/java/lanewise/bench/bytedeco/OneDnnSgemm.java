package lanewise.bench.bytedeco;

import lanewise.bench.gemm.GemmShape;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** The function {@code dnnl_sgemm} of oneDNN. */
public final class OneDnnSgemm extends OffHeapGemm {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads, as the environment gives it to OpenMP
     */
    public OneDnnSgemm(int threads) {
        OneDnnEngine.requireThreads(threads);
    }

    @Override
    public String description() {
        return OneDnnEngine.version();
    }

    @Override
    void multiply(GemmShape shape, FloatPointer a, FloatPointer b, FloatPointer c) {
        int status = dnnl.dnnl_sgemm((byte) (shape.transA() ? 'T' : 'N'), (byte) (shape.transB() ? 'T' : 'N'),
                shape.m(),
                shape.n(), shape.k(), 1f, a, shape.lda(), b, shape.ldb(), 0f, c, shape.n());
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("dnnl_sgemm: status " + status);
        }
    }
}
