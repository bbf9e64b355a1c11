package lanewise.bench.optimizer;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.optimizer.Momentum;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Gradient descent with momentum. */
public class MomentumBenchmark extends KernelBenchmark {

    private static final float LEARNING_RATE = 0x1p-20f;
    private static final float KEPT = 0.75f;
    private static final float EPSILON = 0x1p-20f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] w;
    private float[] dw;
    private float[] remembered;

    /** For JMH. */
    public MomentumBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        w = uniform(n, -1, 1);
        dw = uniform(n, -1, 1);
        remembered = uniform(n, 1, 2);
        float[] before = w.clone();
        float[] expected = updateScalar().clone();
        System.arraycopy(before, 0, w, 0, n);
        remembered = uniform(n, 1, 2);
        requireAgreement("w", update(), i -> expected[i], 8, i -> 1);
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] update() {
        Momentum.update(workers(), n, LEARNING_RATE, KEPT, 0, false, EPSILON, dw, 0, w, 0, remembered, 0);
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
            float gradient = dw[i] + EPSILON * w[i];
            remembered[i] = KEPT * remembered[i] + gradient;
            w[i] -= LEARNING_RATE * remembered[i];
        }
        return w;
    }
}
