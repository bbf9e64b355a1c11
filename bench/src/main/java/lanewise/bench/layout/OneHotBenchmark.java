package lanewise.bench.layout;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.layout.OneHot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link OneHot} of a batch of labels. */
public class OneHotBenchmark extends KernelBenchmark {

    private static final int ROWS = 1000;

    /** Classes. */
    @Param({"10", "1000"})
    public int n;

    private int[] index;
    private float[] y;

    /** For JMH. */
    public OneHotBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        index = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            index[i] = (int) (i * 7919L % n);
        }
        y = new float[ROWS * n];
        requireAgreement("y", forwardScalar(), i -> index[i / n] == i % n ? 1 : 0, 1);
        requireAgreement("y", forward(), i -> index[i / n] == i % n ? 1 : 0, 1);
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        OneHot.forward(workers(), ROWS, n, 1, 0f, 1f, index, 0, y, 0);
        return y;
    }

    /**
     * Plain loops.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < y.length; i++) {
            y[i] = index[i / n] == i % n ? 1 : 0;
        }
        return y;
    }
}
