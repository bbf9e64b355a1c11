package lanewise.bench.optimizer;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.optimizer.Sgd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Stochastic gradient descent: w changes against its gradient. */
public class SgdBenchmark extends KernelBenchmark {

    private static final float LEARNING_RATE = 0x1p-20f;
    private static final float WEIGHT_DECAY = 0x1p-10f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] w;
    private float[] dw;

    /** For JMH. */
    public SgdBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        w = uniform(n, -1, 1);
        dw = uniform(n, -1, 1);
        float[] before = w.clone();
        requireAgreement("w", updateScalar(), i -> step(before[i], dw[i]), 4, i -> 1);
        System.arraycopy(before, 0, w, 0, n);
        requireAgreement("w", update(), i -> step(before[i], dw[i]), 4, i -> 1);
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] update() {
        Sgd.update(workers(), n, LEARNING_RATE, WEIGHT_DECAY, dw, 0, w, 0);
        return w;
    }

    /**
     * Plain loop.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] updateScalar() {
        for (int i = 0; i < n; i++) {
            w[i] -= LEARNING_RATE * (dw[i] + WEIGHT_DECAY * w[i]);
        }
        return w;
    }

    private static double step(double weight, double gradient) {
        return weight - LEARNING_RATE * (gradient + WEIGHT_DECAY * weight);
    }
}
