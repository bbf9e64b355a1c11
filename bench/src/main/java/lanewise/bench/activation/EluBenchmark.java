package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Elu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Elu} and its derivative. */
public class EluBenchmark extends KernelBenchmark {

    private static final float ALPHA = 1.5f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public EluBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> x[i] > 0 ? x[i] : ALPHA * Math.expm1(x[i]), 6);
        requireAgreement("y", forward(), i -> x[i] > 0 ? x[i] : ALPHA * Math.expm1(x[i]), 6);
        requireAgreement("dx", backwardScalar(), i -> x[i] > 0 ? dy[i] : dy[i] * ALPHA * Math.exp(x[i]), 6);
        requireAgreement("dx", backward(), i -> x[i] > 0 ? dy[i] : dy[i] * ALPHA * Math.exp(x[i]), 6);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Elu.forward(workers(), n, ALPHA, x, 0, y, 0);
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
            y[i] = x[i] > 0 ? x[i] : (float) (ALPHA * Math.expm1(x[i]));
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
        Elu.backward(workers(), n, ALPHA, x, 0, dy, 0, dx, 0, false);
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
            dx[i] = x[i] > 0 ? dy[i] : (float) (dy[i] * ALPHA * Math.exp(x[i]));
        }
        return dx;
    }
}
