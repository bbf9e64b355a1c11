package lanewise.bench.bytedeco;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;

import java.nio.charset.StandardCharsets;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** {@code cblas_sgemm} of MKL. */
public final class MklGemm extends OffHeapGemm {

    private static final int VERSION_LENGTH = 256;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public MklGemm(int threads) {
        mkl_rt.MKL_Set_Dynamic(0);
        mkl_rt.MKL_Set_Num_Threads(threads);
    }

    @Override
    public String description() {
        byte[] version = new byte[VERSION_LENGTH];
        mkl_rt.MKL_Get_Version_String(version, VERSION_LENGTH);
        String text = new String(version, StandardCharsets.US_ASCII);
        return text.substring(0, Math.max(0, text.indexOf('\0'))).strip() + ", threads " + mkl_rt.MKL_Get_Max_Threads();
    }

    @Override
    void multiply(GemmShape shape, FloatPointer a, FloatPointer b, FloatPointer c) {
        mkl_rt.cblas_sgemm(CblasRowMajor, shape.transA() ? CblasTrans : CblasNoTrans,
                shape.transB() ? CblasTrans : CblasNoTrans, shape.m(), shape.n(), shape.k(), 1f, a, shape.lda(), b,
                shape.ldb(), 0f, c, shape.n());
    }
}
