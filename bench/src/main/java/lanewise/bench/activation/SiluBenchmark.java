package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Silu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Silu} and its derivative. */
public class SiluBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public SiluBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> x[i] / (1 + Math.exp(-x[i])), 6);
        requireAgreement("y", forward(), i -> x[i] / (1 + Math.exp(-x[i])), 6);
        requireAgreement("dx", backwardScalar(), this::gradient, 12, i -> Math.abs(dy[i]) * (1 + Math.abs(x[i])));
        requireAgreement("dx", backward(), this::gradient, 12, i -> Math.abs(dy[i]) * (1 + Math.abs(x[i])));
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Silu.forward(workers(), n, x, 0, y, 0);
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
            y[i] = (float) (x[i] / (1 + Math.exp(-x[i])));
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
        Silu.backward(workers(), n, x, 0, dy, 0, dx, 0, false);
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
            dx[i] = (float) gradient(i);
        }
        return dx;
    }

    private double gradient(int i) {
        double s = 1 / (1 + Math.exp(-x[i]));
        return dy[i] * s * (1 + x[i] * (1 - s));
    }
}
