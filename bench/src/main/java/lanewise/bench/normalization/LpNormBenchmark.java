package lanewise.bench.normalization;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.normalization.LpNorm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link LpNorm} by the L2 norm, along the last axis. */
public class LpNormBenchmark extends KernelBenchmark {

    private static final int ROWS = 1000;

    /** Elements of a row. */
    @Param({"10", "1000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dx;
    private float[] norm;

    /** For JMH. */
    public LpNormBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(ROWS * n, -1, 1);
        y = new float[ROWS * n];
        dx = new float[ROWS * n];
        norm = new float[ROWS];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 100);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        LpNorm.forward(workers(), 2, ROWS, n, 1, 1e-12f, x, 0, y, 0, norm, 0);
        return y;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int row = 0; row < ROWS; row++) {
            double squares = 0;
            for (int i = row * n; i < (row + 1) * n; i++) {
                squares += (double) x[i] * x[i];
            }
            for (int i = row * n; i < (row + 1) * n; i++) {
                y[i] = (float) (x[i] / Math.sqrt(squares));
            }
        }
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the arguments.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        LpNorm.backward(workers(), 2, ROWS, n, 1, 1e-12f, x, 0, norm, 0, x, 0, dx, 0, false);
        return dx;
    }
}
