package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Sigmoid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** y = 1 / (1 + exp(-x)) and its derivative. */
public class SigmoidBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public SigmoidBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> 1 / (1 + Math.exp(-x[i])), 1);
        requireAgreement("y", forward(), i -> 1 / (1 + Math.exp(-x[i])), 8);
        requireAgreement("dx", backwardScalar(), i -> (double) dy[i] * y[i] * (1 - (double) y[i]), 4);
        requireAgreement("dx", backward(), i -> (double) dy[i] * y[i] * (1 - (double) y[i]), 4);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Sigmoid.forward(workers(), n, x, 0, y, 0);
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
            y[i] = (float) (1 / (1 + Math.exp(-x[i])));
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
        Sigmoid.backward(workers(), n, y, 0, dy, 0, dx, 0, false);
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
            dx[i] = dy[i] * y[i] * (1 - y[i]);
        }
        return dx;
    }
}
