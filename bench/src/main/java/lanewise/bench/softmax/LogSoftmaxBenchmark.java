package lanewise.bench.softmax;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.softmax.LogSoftmax;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The logarithm of softmax of rows. */
public class LogSoftmaxBenchmark extends KernelBenchmark {

    /** The number of rows. */
    @Param({"64", "4096"})
    public int rows;

    /** The elements of a row. */
    @Param({"10", "1000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public LogSoftmaxBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(rows * n, -4, 4);
        y = new float[rows * n];
        dy = uniform(rows * n, -1, 1);
        dx = new float[rows * n];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 1000, i -> 1);
        float[] gradient = backwardScalar().clone();
        requireAgreement("dx", backward(), i -> gradient[i], 1000, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        LogSoftmax.forward(workers(), rows, n, 1, x, 0, y, 0);
        return y;
    }

    /**
     * Lanewise, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        LogSoftmax.backward(workers(), rows, n, 1, y, 0, dy, 0, dx, 0, false);
        return dx;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < rows; i++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                max = Math.max(max, x[i * n + j]);
            }
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += (float) Math.exp(x[i * n + j] - max);
            }
            float log = (float) Math.log(sum);
            for (int j = 0; j < n; j++) {
                y[i * n + j] = x[i * n + j] - max - log;
            }
        }
        return y;
    }

    /**
     * Plain loops, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardScalar() {
        for (int i = 0; i < rows; i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += dy[i * n + j];
            }
            for (int j = 0; j < n; j++) {
                dx[i * n + j] = dy[i * n + j] - (float) Math.exp(y[i * n + j]) * sum;
            }
        }
        return dx;
    }
}
