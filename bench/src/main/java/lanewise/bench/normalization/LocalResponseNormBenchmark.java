package lanewise.bench.normalization;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.normalization.LocalResponseNorm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Local response normalization as in AlexNet. */
public class LocalResponseNormBenchmark extends KernelBenchmark {

    private static final int CHANNELS = 64;
    private static final int SIZE = 5;
    private static final float ALPHA = 1e-4f;
    private static final float BETA = 0.75f;
    private static final float K = 2;

    /** The number of images. */
    @Param({"1", "32"})
    public int n;

    /** The elements of a plane. */
    @Param({"729"})
    public int spatial;

    private float[] x;
    private float[] y;
    private float[] scale;
    private float[] dx;

    /** For JMH. */
    public LocalResponseNormBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        int all = n * CHANNELS * spatial;
        x = uniform(all, -4, 4);
        y = new float[all];
        scale = new float[all];
        dx = new float[all];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 30);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        LocalResponseNorm.forward(workers(), n, CHANNELS, spatial, SIZE, ALPHA, BETA, K, x, 0, y, 0, scale, 0);
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        LocalResponseNorm.backward(workers(), n, CHANNELS, spatial, SIZE, ALPHA, BETA, x, 0, y, 0, scale, 0, y, 0, dx,
                0,
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
        for (int i = 0; i < x.length; i++) {
            int channel = i / spatial % CHANNELS;
            double sum = 0;
            for (int d = Math.max(-SIZE / 2, -channel); d <= Math.min(SIZE / 2, CHANNELS - 1 - channel); d++) {
                sum += x[i + d * spatial] * x[i + d * spatial];
            }
            y[i] = (float) (x[i] * Math.pow(K + ALPHA / SIZE * sum, -BETA));
        }
        return y;
    }
}
