package lanewise.bench.reduction;

import java.util.Arrays;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.reduction.TopK;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link TopK} of rows as a language model has them. */
public class TopKBenchmark extends KernelBenchmark {

    private static final int ROWS = 64;
    private static final int COLS = 32000;

    /** How many of each row. */
    @Param({"1", "40"})
    public int k;

    private float[] x;
    private float[] y;
    private int[] index;

    /** For JMH. */
    public TopKBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(ROWS * COLS, -1, 1);
        y = new float[ROWS * k];
        index = new int[ROWS * k];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 1);
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        TopK.forward(workers(), ROWS, COLS, k, true, x, 0, y, 0, index, 0);
        return y;
    }

    /**
     * Rows that are sorted.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int row = 0; row < ROWS; row++) {
            float[] sorted = Arrays.copyOfRange(x, row * COLS, (row + 1) * COLS);
            Arrays.sort(sorted);
            for (int i = 0; i < k; i++) {
                y[row * k + i] = sorted[COLS - 1 - i];
            }
        }
        return y;
    }
}
