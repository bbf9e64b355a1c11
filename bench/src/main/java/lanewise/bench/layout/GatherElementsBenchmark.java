package lanewise.bench.layout;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.layout.GatherElements;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link GatherElements} of one element a row, and of a permutation of each. */
public class GatherElementsBenchmark extends KernelBenchmark {

    private static final int ROWS = 1000;
    private static final int COLS = 1000;

    /** Elements of a row that are taken. */
    @Param({"1", "1000"})
    public int count;

    private int[] index;
    private float[] x;
    private float[] y;
    private float[] dx;

    /** For JMH. */
    public GatherElementsBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(ROWS * COLS, -1, 1);
        y = new float[ROWS * count];
        dx = new float[ROWS * COLS];
        index = new int[ROWS * count];
        for (int i = 0; i < index.length; i++) {
            index[i] = (int) (i * 7919L % COLS);
        }
        requireAgreement("y", forwardScalar(), i -> x[i / count * COLS + index[i]], 1);
        requireAgreement("y", forward(), i -> x[i / count * COLS + index[i]], 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        GatherElements.forward(workers(), ROWS, COLS, 1, count, x, 0, index, 0, y, 0);
        return y;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i / count * COLS + index[i]];
        }
        return y;
    }

    /**
     * Lanewise, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        GatherElements.backward(workers(), ROWS, COLS, 1, count, y, 0, index, 0, dx, 0, false);
        return dx;
    }
}
