package lanewise.bench.activation;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.PRelu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link PRelu} and its derivatives, of images with 64 channels. */
public class PReluBenchmark extends KernelBenchmark {

    private static final int CHANNELS = 64;

    /** Elements of a channel of an image. */
    @Param({"49", "3136"})
    public int inner;

    private int n;
    private float[] x;
    private float[] slope;
    private float[] y;
    private float[] dx;
    private float[] dSlope;

    /** For JMH. */
    public PReluBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        n = 8 * CHANNELS * inner;
        x = uniform(n, -1, 1);
        slope = uniform(CHANNELS, 0, 1);
        y = new float[n];
        dx = new float[n];
        dSlope = new float[CHANNELS];
        requireAgreement("y", forwardScalar(), i -> x[i] < 0 ? (double) x[i] * slope[i / inner % CHANNELS] : x[i], 1);
        requireAgreement("y", forward(), i -> x[i] < 0 ? (double) x[i] * slope[i / inner % CHANNELS] : x[i], 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        PRelu.forward(workers(), 8, CHANNELS, inner, x, 0, slope, 0, y, 0);
        return y;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] < 0 ? x[i] * slope[i / inner % CHANNELS] : x[i];
        }
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        PRelu.backward(workers(), 8, CHANNELS, inner, x, 0, slope, 0, y, 0, dx, 0, false, dSlope, 0, false);
        return dx;
    }
}
