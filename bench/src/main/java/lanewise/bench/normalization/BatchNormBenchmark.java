package lanewise.bench.normalization;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.normalization.BatchNorm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Batch normalization in training. */
public class BatchNormBenchmark extends KernelBenchmark {

    private static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.1f;
    private static final int CHANNELS = 64;

    /** The number of images. */
    @Param({"1", "32"})
    public int n;

    /** The elements of a plane. */
    @Param({"3136"})
    public int spatial;

    private float[] x;
    private float[] gamma;
    private float[] beta;
    private float[] mean;
    private float[] variance;
    private float[] y;
    private float[] statistics;
    private float[] dx;

    /** For JMH. */
    public BatchNormBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        int all = n * CHANNELS * spatial;
        x = uniform(all, -1, 1);
        gamma = uniform(CHANNELS, -1, 1);
        beta = uniform(CHANNELS, -1, 1);
        mean = new float[CHANNELS];
        variance = new float[CHANNELS];
        y = new float[all];
        statistics = new float[3 * CHANNELS];
        dx = new float[all];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 100_000, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        BatchNorm.forward(workers(), n, CHANNELS, spatial, EPSILON, MOMENTUM, x, 0, gamma, 0, beta, 0, mean, 0,
                variance,
                0, y, 0, statistics, 0);
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        BatchNorm.backward(workers(), n, CHANNELS, spatial, x, 0, gamma, 0, statistics, 0, y, 0, dx, 0, false, mean, 0,
                false,
                variance, 0, false);
        return dx;
    }

    /**
     * Lanewise, backward with statistics that are constants; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] inferenceBackward() {
        BatchNorm.inferenceBackward(workers(), n, CHANNELS, spatial, 1e-5f, x, 0, gamma, 0, mean, 0, variance, 0, y, 0,
                dx, 0, false, statistics, 0, false, statistics, CHANNELS, false);
        return dx;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            double sum = 0;
            double square = 0;
            for (int i = 0; i < n * spatial; i++) {
                float v = x[at(channel, i)];
                sum += v;
                square += v * v;
            }
            double m = sum / (n * spatial);
            double scale = gamma[channel] / Math.sqrt(square / (n * spatial) - m * m + EPSILON);
            for (int i = 0; i < n * spatial; i++) {
                y[at(channel, i)] = (float) ((x[at(channel, i)] - m) * scale + beta[channel]);
            }
        }
        return y;
    }

    private int at(int channel, int i) {
        return (i / spatial * CHANNELS + channel) * spatial + i % spatial;
    }
}
