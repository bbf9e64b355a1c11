package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Clip;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Clip} and its derivative. */
public class ClipBenchmark extends KernelBenchmark {

    private static final float MIN = -1f;
    private static final float MAX = 1.5f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public ClipBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, -8, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> Math.clamp(x[i], MIN, MAX), 1);
        requireAgreement("y", forward(), i -> Math.clamp(x[i], MIN, MAX), 1);
        requireAgreement("dx", backwardScalar(), i -> x[i] <= MIN || x[i] >= MAX ? 0 : dy[i], 1);
        requireAgreement("dx", backward(), i -> x[i] <= MIN || x[i] >= MAX ? 0 : dy[i], 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Clip.forward(workers(), n, MIN, MAX, x, 0, y, 0);
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
            y[i] = Math.clamp(x[i], MIN, MAX);
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
        Clip.backward(workers(), n, MIN, MAX, x, 0, dy, 0, dx, 0, false);
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
            dx[i] = x[i] <= MIN || x[i] >= MAX ? 0 : dy[i];
        }
        return dx;
    }
}
