package lanewise.bench.convolution;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.TransposedConvolution;
import lanewise.kernels.convolution.TransposedConvolutionGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A transposed convolution that doubles height and width, as in a decoder: 2x2 filters, stride 2. */
public class TransposedConvolutionBenchmark extends KernelBenchmark {

    private static final int K = 2;

    /** Channels of x; y has half as many. */
    @Param({"16", "64"})
    public int channels;

    /** Height and width of x. */
    @Param({"14"})
    public int size;

    private TransposedConvolutionGeometry geometry;
    private float[] x;
    private float[] filter;
    private float[] y;

    /** For JMH. */
    public TransposedConvolutionBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = TransposedConvolutionGeometry.of2d(1, channels, size, size, channels / 2, K, K).stride(K);
        x = uniform(channels * size * size, -1, 1);
        filter = uniform(channels * channels / 2 * K * K, -1, 1);
        y = new float[channels / 2 * size * size * K * K];
        requireAgreement("y", forwardScalar(), i -> sum(i, false), channels + 2, i -> sum(i, true));
        requireAgreement("y", forward(), i -> sum(i, false), channels + 2, i -> sum(i, true));
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        TransposedConvolution.forward(workers(), geometry, x, 0, filter, 0, null, 0, Activation.IDENTITY, y, 0);
        return y;
    }

    /**
     * Plain loops.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < y.length; i++) {
            float sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += x[source(i, c)] * filter[weight(i, c)];
            }
            y[i] = sum;
        }
        return y;
    }

    private double sum(int i, boolean magnitudes) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            double product = (double) x[source(i, c)] * filter[weight(i, c)];
            sum += magnitudes ? Math.abs(product) : product;
        }
        return sum;
    }

    private int source(int i, int c) {
        int wide = size * K;
        return (c * size + i / wide % wide / K) * size + i % wide / K;
    }

    private int weight(int i, int c) {
        int wide = size * K;
        return ((c * (channels / 2) + i / (wide * wide)) * K + i / wide % K) * K + i % K;
    }
}
