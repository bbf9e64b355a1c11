package lanewise.bench.pooling;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.pooling.AdaptiveAveragePooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Global average pooling. */
public class AdaptiveAveragePoolingBenchmark extends KernelBenchmark {

    /** Height and width of an image, even. */
    @Param("56")
    public int size;

    /** The number of planes. */
    @Param("2048")
    public int planes;

    private AdaptivePoolingGeometry geometry;
    private float[] x;
    private float[] y;
    private float[] dx;

    /** For JMH. */
    public AdaptiveAveragePoolingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = AdaptivePoolingGeometry.of2d(planes, 1, size, size, 1, 1);
        x = uniform(geometry.imageLength(), 0, 1);
        y = new float[geometry.outputLength()];
        dx = new float[x.length];
        requireAgreement("y", forward(), this::formula, size * size);
        requireAgreement("dx", backward(), i -> (double) y[i / (size * size)] / (size * size), 1);
    }

    private double formula(int plane) {
        double value = 0;
        for (int i = 0; i < size * size; i++) {
            value += x[plane * size * size + i] / (double) (size * size);
        }
        return value;
    }

    /**
     * Lanewise: forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        AdaptiveAveragePooling.forward(workers(), geometry, x, 0, y, 0);
        return y;
    }

    /**
     * Lanewise: backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        AdaptiveAveragePooling.backward(workers(), geometry, y, 0, dx, 0, false);
        return dx;
    }
}
