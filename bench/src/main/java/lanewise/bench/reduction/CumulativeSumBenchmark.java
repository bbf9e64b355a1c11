package lanewise.bench.reduction;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.reduction.CumulativeSum;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link CumulativeSum} along the last axis, and along the first. */
public class CumulativeSumBenchmark extends KernelBenchmark {

    private static final int ROWS = 1000;
    private static final int COLS = 1000;

    /** Whether along the last axis. */
    @Param({"true", "false"})
    public boolean last;

    private float[] x;
    private float[] y;
    private float[] dx;

    /** For JMH. */
    public CumulativeSumBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(ROWS * COLS, 0, 1);
        y = new float[ROWS * COLS];
        dx = new float[ROWS * COLS];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        CumulativeSum.forward(workers(), last ? ROWS : 1, last ? COLS : ROWS, last ? 1 : COLS, false, false, x, 0, y,
                0);
        return y;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        int step = last ? 1 : COLS;
        for (int i = 0; i < ROWS; i++) {
            float sum = 0;
            int from = last ? i * COLS : i;
            for (int j = from; j < from + COLS * step; j += step) {
                sum += x[j];
                y[j] = sum;
            }
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
        CumulativeSum.backward(workers(), last ? ROWS : 1, last ? COLS : ROWS, last ? 1 : COLS, false, false, x, 0, dx,
                0,
                false);
        return dx;
    }
}
