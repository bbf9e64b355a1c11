package lanewise.bench.pooling;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Max pooling 2 x 2. */
public class MaxPoolingBenchmark extends KernelBenchmark {

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
    private float[] dy;

    /** For JMH. */
    public MaxPoolingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = PoolingGeometry.of2d(planes, 1, size, size, 2, 2);
        x = uniform(geometry.imageLength(), 0, 1);
        y = new float[geometry.outputLength()];
        dx = new float[x.length];
        argmax = new int[y.length];
        dy = uniform(y.length, 0, 1);
        requireAgreement("y", forward(), this::formula, 0);
        requireAgreement("y", forwardScalar(), this::formula, 0);
        requireAgreement("y with argmax", forwardWithArgmax(), this::formula, 0);
        float[] expected = new float[x.length];
        for (int o = 0; o < y.length; o++) {
            expected[o / (size * size / 4) * size * size + argmax[o]] = dy[o];
        }
        requireAgreement("dx", backward(), i -> expected[i], 0);
    }

    // Rows of outputs follow each other through all planes, since the size is even.
    private double formula(int o) {
        int at = o / (size / 2) * 2 * size + o % (size / 2) * 2;
        return Math.max(Math.max(x[at], x[at + 1]), Math.max(x[at + size], x[at + size + 1]));
    }

    /**
     * Lanewise: forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        MaxPooling.forward(workers(), geometry, x, 0, y, 0);
        return y;
    }

    /**
     * Plain loop: forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int o = 0; o < y.length; o++) {
            int at = o / (size / 2) * 2 * size + o % (size / 2) * 2;
            y[o] = Math.max(Math.max(x[at], x[at + 1]), Math.max(x[at + size], x[at + size + 1]));
        }
        return y;
    }

    /**
     * Lanewise: forward, with the places of the maxima.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardWithArgmax() {
        MaxPooling.forward(workers(), geometry, x, 0, y, 0, argmax, 0);
        return y;
    }

    /**
     * Lanewise: backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        MaxPooling.backward(workers(), geometry, dy, 0, argmax, 0, dx, 0, false);
        return dx;
    }
}
