package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.HardSigmoid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link HardSigmoid} and its derivative. */
public class HardSigmoidBenchmark extends KernelBenchmark {

    private static final float ALPHA = 0.25f;
    private static final float BETA = 0.5f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public HardSigmoidBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> Math.clamp((double) ALPHA * x[i] + BETA, 0, 1), 4);
        requireAgreement("y", forward(), i -> Math.clamp((double) ALPHA * x[i] + BETA, 0, 1), 4);
        requireAgreement("dx", backwardScalar(),
                i -> (double) ALPHA * x[i] + BETA <= 0 || (double) ALPHA * x[i] + BETA >= 1
                        ? 0
                        : (double) ALPHA * dy[i],
                4);
        requireAgreement("dx", backward(),
                i -> (double) ALPHA * x[i] + BETA <= 0 || (double) ALPHA * x[i] + BETA >= 1
                        ? 0
                        : (double) ALPHA * dy[i],
                4);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        HardSigmoid.forward(workers(), n, ALPHA, BETA, x, 0, y, 0);
        return y;
    }

    /**
     * Plain loop, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = Math.clamp(ALPHA * x[i] + BETA, 0f, 1f);
        }
        return y;
    }

    /**
     * Lanewise, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        HardSigmoid.backward(workers(), n, ALPHA, BETA, x, 0, dy, 0, dx, 0, false);
        return dx;
    }

    /**
     * Plain loop, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardScalar() {
        for (int i = 0; i < n; i++) {
            dx[i] = ALPHA * x[i] + BETA <= 0 || ALPHA * x[i] + BETA >= 1 ? 0 : ALPHA * dy[i];
        }
        return dx;
    }
}
