package lanewise.bench.optimizer;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.optimizer.AdaDelta;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** AdaDelta. */
public class AdaDeltaBenchmark extends KernelBenchmark {

    private static final float LEARNING_RATE = 0x1p-20f;
    private static final float KEPT = 0.75f;
    private static final float EPSILON = 0x1p-20f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] w;
    private float[] dw;
    private float[] remembered;
    private float[] changes;

    /** For JMH. */
    public AdaDeltaBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        w = uniform(n, -1, 1);
        dw = uniform(n, -1, 1);
        remembered = uniform(n, 1, 2);
        changes = uniform(n, 1, 2);
        float[] before = w.clone();
        float[] expected = updateScalar().clone();
        System.arraycopy(before, 0, w, 0, n);
        remembered = uniform(n, 1, 2);
        changes = uniform(n, 1, 2);
        requireAgreement("w", update(), i -> expected[i], 8, i -> 1);
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] update() {
        AdaDelta.update(workers(), n, LEARNING_RATE, KEPT, EPSILON, 0, dw, 0, w, 0, remembered, 0, changes, 0);
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
            remembered[i] = KEPT * remembered[i] + (1 - KEPT) * dw[i] * dw[i];
            float change = dw[i] * (float) Math.sqrt(changes[i] + EPSILON) / (float) Math.sqrt(remembered[i] + EPSILON);
            changes[i] = KEPT * changes[i] + (1 - KEPT) * change * change;
            w[i] -= LEARNING_RATE * change;
        }
        return w;
    }
}
