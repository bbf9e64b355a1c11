package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Relu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** y = max(x, 0) and its derivative. */
public class ReluBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public ReluBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> Math.max(x[i], 0.0), 0);
        requireAgreement("y", forward(), i -> Math.max(x[i], 0.0), 0);
        requireAgreement("dx", backwardScalar(), i -> x[i] > 0 ? dy[i] : 0, 0);
        requireAgreement("dx", backward(), i -> x[i] > 0 ? dy[i] : 0, 0);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Relu.forward(workers(), n, x, 0, y, 0);
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
            y[i] = x[i] > 0 ? x[i] : 0;
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
        Relu.backward(workers(), n, y, 0, dy, 0, dx, 0, false);
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
            dx[i] = y[i] > 0 ? dy[i] : 0;
        }
        return dx;
    }
}
