package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Softsign;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Softsign} and its derivative. */
public class SoftsignBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public SoftsignBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> x[i] / (1.0 + Math.abs(x[i])), 8);
        requireAgreement("y", forward(), i -> x[i] / (1.0 + Math.abs(x[i])), 8);
        requireAgreement("dx", backwardScalar(), i -> dy[i] / (1.0 + Math.abs(x[i])) / (1.0 + Math.abs(x[i])), 8);
        requireAgreement("dx", backward(), i -> dy[i] / (1.0 + Math.abs(x[i])) / (1.0 + Math.abs(x[i])), 8);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Softsign.forward(workers(), n, x, 0, y, 0);
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
            y[i] = x[i] / (1 + Math.abs(x[i]));
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
        Softsign.backward(workers(), n, x, 0, dy, 0, dx, 0, false);
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
            dx[i] = dy[i] / (1 + Math.abs(x[i])) / (1 + Math.abs(x[i]));
        }
        return dx;
    }
}
