package lanewise.bench.convolution;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.Im2col;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Images unfolded to the matrix of 3x3 windows, and added back. */
public class Im2colBenchmark extends KernelBenchmark {

    private static final int CHANNELS = 16;
    private static final int KERNEL = 3;

    /** Height and width of the images. */
    @Param({"14", "56"})
    public int size;

    private ConvolutionGeometry geometry;
    private float[] x;
    private float[] columns;
    private float[] back;

    /** For JMH. */
    public Im2colBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        geometry = ConvolutionGeometry.of2d(1, CHANNELS, size, size, 1, KERNEL, KERNEL).padding(1);
        x = uniform(CHANNELS * size * size, -1, 1);
        columns = new float[KERNEL * KERNEL * x.length];
        back = new float[x.length];
        requireAgreement("columns", im2colScalar(), this::window, 0);
        requireAgreement("columns", im2col(), this::window, 0);
        requireAgreement("x", col2im(), i -> meetings(i) * (double) x[i], KERNEL * KERNEL);
    }

    /**
     * Lanewise, unfolded.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] im2col() {
        Im2col.im2col(workers(), geometry, x, 0, columns, 0);
        return columns;
    }

    /**
     * Plain loops, unfolded.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] im2colScalar() {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = window(i);
        }
        return columns;
    }

    /**
     * Lanewise, added back.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] col2im() {
        Im2col.col2im(workers(), geometry, columns, 0, back, 0, false);
        return back;
    }

    private float window(int i) {
        int h = i / size % size + i / (size * size * KERNEL) % KERNEL - 1;
        int w = i % size + i / (size * size) % KERNEL - 1;
        boolean inside = h >= 0 && h < size && w >= 0 && w < size;
        return inside ? x[(i / (size * size * KERNEL * KERNEL) * size + h) * size + w] : 0;
    }

    /** In how many windows an element is. */
    private int meetings(int i) {
        return along(i / size % size) * along(i % size);
    }

    private int along(int place) {
        return place == 0 || place == size - 1 ? 2 : KERNEL;
    }
}
