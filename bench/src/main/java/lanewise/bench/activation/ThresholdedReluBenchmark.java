package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.ThresholdedRelu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link ThresholdedRelu} and its derivative. */
public class ThresholdedReluBenchmark extends KernelBenchmark {

    private static final float ALPHA = 0.5f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public ThresholdedReluBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -4, 4);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> value(x[i]), 1, i -> 1);
        requireAgreement("y", forward(), i -> value(x[i]), 1, i -> 1);
        requireAgreement("dx", backwardScalar(), i -> dy[i] * slope(x[i]), 1, i -> 1);
        requireAgreement("dx", backward(), i -> dy[i] * slope(x[i]), 1, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        ThresholdedRelu.forward(workers(), n, ALPHA, x, 0, y, 0);
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
            y[i] = (float) value(x[i]);
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
        ThresholdedRelu.backward(workers(), n, ALPHA, x, 0, dy, 0, dx, 0, false);
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
            dx[i] = (float) (dy[i] * slope(x[i]));
        }
        return dx;
    }

    private static double value(double x) {
        return x > ALPHA ? x : 0;
    }

    private static double slope(double x) {
        return x > ALPHA ? 1 : 0;
    }
}
