package lanewise.bench.normalization;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.normalization.LayerNorm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Layer normalization. */
public class LayerNormBenchmark extends KernelBenchmark {

    private static final float EPSILON = 1e-5f;

    /** The number of rows. */
    @Param({"16", "4096"})
    public int rows;

    /** The elements of a row. */
    @Param({"768"})
    public int n;

    private float[] x;
    private float[] gamma;
    private float[] beta;
    private float[] y;
    private float[] statistics;
    private float[] dx;
    private float[] dGamma;
    private float[] dBeta;

    /** For JMH. */
    public LayerNormBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(rows * n, -1, 1);
        gamma = uniform(n, -1, 1);
        beta = uniform(n, -1, 1);
        y = new float[rows * n];
        statistics = new float[3 * rows];
        dx = new float[rows * n];
        dGamma = new float[n];
        dBeta = new float[n];
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
        LayerNorm.forward(workers(), rows, n, EPSILON, x, 0, gamma, 0, beta, 0, y, 0, statistics, 0);
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        LayerNorm.backward(workers(), rows, n, x, 0, gamma, 0, statistics, 0, y, 0, dx, 0, false, dGamma, 0, false,
                dBeta, 0,
                false);
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
            float mean = 0;
            float square = 0;
            for (int j = 0; j < n; j++) {
                mean += x[i * n + j] / n;
                square += x[i * n + j] * x[i * n + j] / n;
            }
            float scale = (float) (1 / Math.sqrt(square - mean * mean + EPSILON));
            for (int j = 0; j < n; j++) {
                y[i * n + j] = (x[i * n + j] - mean) * scale * gamma[j] + beta[j];
            }
        }
        return y;
    }
}
