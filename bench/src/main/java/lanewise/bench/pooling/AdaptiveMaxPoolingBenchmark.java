package lanewise.bench.pooling;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.pooling.AdaptiveMaxPooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Global max pooling. */
public class AdaptiveMaxPoolingBenchmark extends KernelBenchmark {

    /** Height and width of an image, even. */
    @Param("56")
    public int size;

    /** The number of planes. */
    @Param("2048")
    public int planes;

    private AdaptivePoolingGeometry geometry;
    private float[] x;
    private float[] y;

    /** For JMH. */
    public AdaptiveMaxPoolingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = AdaptivePoolingGeometry.of2d(planes, 1, size, size, 1, 1);
        x = uniform(geometry.imageLength(), 0, 1);
        y = new float[geometry.outputLength()];
        requireAgreement("y", forward(), this::formula, 0);
    }

    private double formula(int plane) {
        double value = 0;
        for (int i = 0; i < size * size; i++) {
            value = Math.max(value, x[plane * size * size + i]);
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
        AdaptiveMaxPooling.forward(workers(), geometry, x, 0, y, 0);
        return y;
    }
}
