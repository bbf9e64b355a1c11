package lanewise.bench.normalization;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.normalization.RmsNorm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Root mean square normalization. */
public class RmsNormBenchmark extends KernelBenchmark {

    private static final float EPSILON = 1e-5f;

    /** The number of rows. */
    @Param({"16", "4096"})
    public int rows;

    /** The elements of a row. */
    @Param({"768"})
    public int n;

    private float[] x;
    private float[] gamma;
    private float[] y;
    private float[] inverse;
    private float[] dx;
    private float[] dGamma;

    /** For JMH. */
    public RmsNormBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(rows * n, -1, 1);
        gamma = uniform(n, -1, 1);
        y = new float[rows * n];
        inverse = new float[rows];
        dx = new float[rows * n];
        dGamma = new float[n];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 1000, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        RmsNorm.forward(workers(), rows, n, EPSILON, x, 0, gamma, 0, y, 0, inverse, 0);
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        RmsNorm.backward(workers(), rows, n, x, 0, gamma, 0, inverse, 0, y, 0, dx, 0, false, dGamma, 0, false);
        return dx;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < rows; i++) {
            float square = 0;
            for (int j = 0; j < n; j++) {
                square += x[i * n + j] * x[i * n + j] / n;
            }
            float scale = (float) (1 / Math.sqrt(square + EPSILON));
            for (int j = 0; j < n; j++) {
                y[i * n + j] = x[i * n + j] * scale * gamma[j];
            }
        }
        return y;
    }
}
