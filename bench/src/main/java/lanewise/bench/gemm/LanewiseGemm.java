package lanewise.bench.gemm;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.diagnostics.Machine;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;

/** The product by Lanewise, on plain arrays. */
public final class LanewiseGemm extends GemmEngine {

    private final Workers workers;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewiseGemm(int threads) {
        workers = Workers.of(threads);
    }

    @Override
    public String description() {
        return "JDK " + System.getProperty("java.vm.version") + ", " + Machine.vectorBits() + " bits";
    }

    @Override
    protected Product bind(GemmShape shape, float[] a, float[] b) {
        float[] c = new float[shape.m() * shape.n()];
        Arrays.fill(c, Float.NaN);
        Transpose transA = shape.transA() ? Transpose.TRANS : Transpose.NO_TRANS;
        Transpose transB = shape.transB() ? Transpose.TRANS : Transpose.NO_TRANS;
        return new Product() {
            @Override
            public void run() {
                Gemm.sgemm(workers, transA, transB, shape.m(), shape.n(), shape.k(), 1f, a, 0, shape.lda(), b, 0,
                        shape.ldb(), 0f, c, 0, shape.n());
            }

            @Override
            public float[] result() {
                return c;
            }
        };
    }

    @Override
    public void close() {
        workers.close();
    }
}
