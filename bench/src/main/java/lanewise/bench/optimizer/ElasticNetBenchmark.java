package lanewise.bench.optimizer;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.optimizer.ElasticNet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link ElasticNet} and its gradient. */
public class ElasticNetBenchmark extends KernelBenchmark {

    private static final float L1 = 0.3f;
    private static final float L2 = 0.7f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] w;
    private float[] dw;

    /** For JMH. */
    public ElasticNetBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        w = uniform(n, -1, 1);
        dw = new float[n];
        requireAgreement("dw", backwardScalar(), i -> L1 * Math.signum(w[i]) + (double) L2 * w[i], 2, i -> 1);
        requireAgreement("dw", backward(), i -> L1 * Math.signum(w[i]) + (double) L2 * w[i], 2, i -> 1);
    }

    /**
     * Lanewise, the penalty.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public double forward() {
        return ElasticNet.forward(workers(), n, L1, L2, w, 0);
    }

    /**
     * Lanewise, the gradient.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        ElasticNet.backward(workers(), n, L1, L2, w, 0, dw, 0, false);
        return dw;
    }

    /**
     * Plain loop, the gradient.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardScalar() {
        for (int i = 0; i < n; i++) {
            dw[i] = L1 * Math.signum(w[i]) + L2 * w[i];
        }
        return dw;
    }
}
