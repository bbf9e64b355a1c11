package lanewise.bench.pooling;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** L2 pooling 2 x 2. */
public class LpPoolingBenchmark extends KernelBenchmark {

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

    /** For JMH. */
    public LpPoolingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = PoolingGeometry.of2d(planes, 1, size, size, 2, 2);
        x = uniform(geometry.imageLength(), 0, 1);
        y = new float[geometry.outputLength()];
        dx = new float[x.length];
        requireAgreement("y", forward(), this::formula, 4);
        requireAgreement("y", forwardScalar(), this::formula, 4);
        requireAgreement("dx", backward(), i -> x[i], 2);
    }

    // Rows of outputs follow each other through all planes, since the size is even.
    private double formula(int o) {
        int at = o / (size / 2) * 2 * size + o % (size / 2) * 2;
        return Math.sqrt((double) x[at] * x[at] + (double) x[at + 1] * x[at + 1] + (double) x[at + size] * x[at + size]
                + (double) x[at + size + 1] * x[at + size + 1]);
    }

    /**
     * Lanewise: forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        LpPooling.forward(workers(), geometry, 2, x, 0, y, 0);
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
            y[o] = (float) Math.sqrt(x[at] * x[at] + x[at + 1] * x[at + 1] + x[at + size] * x[at + size]
                    + x[at + size + 1] * x[at + size + 1]);
        }
        return y;
    }

    /**
     * Lanewise: backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        LpPooling.backward(workers(), geometry, 2, x, 0, y, 0, y, 0, dx, 0, false);
        return dx;
    }
}
