package lanewise.bench.reduction;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.reduction.AxisReduction;
import lanewise.kernels.reduction.ReductionOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link AxisReduction} along the last axis. */
public class AxisReductionBenchmark extends KernelBenchmark {

    private static final int ROWS = 1000;

    /** What is computed. */
    @Param
    public ReductionOperator operator;

    /** The elements of a row. */
    @Param({"10", "1000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dx;

    /** For JMH. */
    public AxisReductionBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(ROWS * n, 0.9f, 1.1f);
        y = new float[ROWS];
        dx = new float[ROWS * n];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 10_000, i -> Math.max(1, expected[i]));
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        AxisReduction.forward(workers(), operator, ROWS, n, 1, x, 0, y, 0);
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        AxisReduction.backward(workers(), operator, ROWS, n, 1, x, 0, y, 0, y, 0, dx, 0, false);
        return dx;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < ROWS; i++) {
            double sum = 0;
            double squares = 0;
            double product = 1;
            float max = x[i * n];
            float min = max;
            for (int j = i * n; j < (i + 1) * n; j++) {
                sum += x[j];
                squares += (double) x[j] * x[j];
                product *= x[j];
                max = Math.max(max, x[j]);
                min = Math.min(min, x[j]);
            }
            y[i] = (float) switch (operator) {
                // All elements are positive.
                case SUM, L1 -> sum;
                case MEAN -> sum / n;
                case VARIANCE -> squares / n - sum / n * (sum / n);
                case MAX -> max;
                case MIN -> min;
                case PRODUCT -> product;
                case L2 -> Math.sqrt(squares);
                case SQUARES -> squares;
            };
        }
        return y;
    }
}
