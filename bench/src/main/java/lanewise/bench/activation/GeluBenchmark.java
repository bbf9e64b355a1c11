package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Gelu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Gelu} and its derivative. */
public class GeluBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public GeluBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> gelu(x[i]), 1 << 14, i -> 1);
        requireAgreement("y", forward(), i -> gelu(x[i]), 1 << 14, i -> 1);
        requireAgreement("dx", backwardScalar(), this::gradient, 1 << 15, i -> 1);
        requireAgreement("dx", backward(), this::gradient, 1 << 15, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Gelu.forward(workers(), n, x, 0, y, 0);
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
            y[i] = (float) gelu(x[i]);
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
        Gelu.backward(workers(), n, x, 0, dy, 0, dx, 0, false);
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

    /** By the tangent's approximation: there is no error function in the JDK. */
    private static double gelu(double x) {
        return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    private double gradient(int i) {
        double h = 1e-4;
        return dy[i] * (gelu(x[i] + h) - gelu(x[i] - h)) / (2 * h);
    }
}
