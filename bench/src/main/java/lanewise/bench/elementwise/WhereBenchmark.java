package lanewise.bench.elementwise;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.elementwise.Where;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Where} with as many true conditions as false ones. */
public class WhereBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] condition;
    private float[] a;
    private float[] b;
    private float[] y;
    private float[] da;
    private float[] db;

    /** For JMH. */
    public WhereBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        condition = uniform(n, -1, 1);
        for (int i = 0; i < n; i++) {
            condition[i] = condition[i] < 0 ? 0 : 1;
        }
        a = uniform(n, 0, 1);
        b = uniform(n, 2, 3);
        y = new float[n];
        da = new float[n];
        db = new float[n];
        requireAgreement("y", forwardScalar(), i -> condition[i] == 0 ? b[i] : a[i], 1);
        requireAgreement("y", forward(), i -> condition[i] == 0 ? b[i] : a[i], 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Where.forward(workers(), n, condition, 0, a, 0, b, 0, y, 0);
        return y;
    }

    /**
     * Plain loop, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = condition[i] != 0 ? a[i] : b[i];
        }
        return y;
    }

    /**
     * Lanewise, backward; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        Where.backward(workers(), n, condition, 0, y, 0, da, 0, false, db, 0, false);
        return da;
    }
}
