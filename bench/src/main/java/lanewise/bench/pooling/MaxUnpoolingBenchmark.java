package lanewise.bench.pooling;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.MaxUnpooling;
import lanewise.kernels.pooling.PoolingGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Max unpooling 2 x 2. */
public class MaxUnpoolingBenchmark extends KernelBenchmark {

    /** Height and width of an image, even. */
    @Param("56")
    public int size;

    /** The number of planes. */
    @Param("2048")
    public int planes;

    private PoolingGeometry geometry;
    private float[] x;
    private float[] y;
    private float[] dx;
    private int[] argmax;

    /** For JMH. */
    public MaxUnpoolingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = PoolingGeometry.of2d(planes, 1, size, size, 2, 2);
        x = uniform(geometry.imageLength(), 0, 1);
        y = new float[geometry.outputLength()];
        dx = new float[x.length];
        argmax = new int[y.length];
        MaxPooling.forward(workers(), geometry, x, 0, y, 0, argmax, 0);
        float[] expected = new float[x.length];
        for (int o = 0; o < y.length; o++) {
            expected[o / (size * size / 4) * size * size + argmax[o]] = y[o];
        }
        requireAgreement("unpooled", forward(), i -> expected[i], 0);
    }

    /**
     * Lanewise: forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        MaxUnpooling.forward(workers(), geometry, y, 0, argmax, 0, dx, 0);
        return dx;
    }

    /**
     * Lanewise: backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        MaxUnpooling.backward(workers(), geometry, x, 0, argmax, 0, y, 0, false);
        return y;
    }
}
