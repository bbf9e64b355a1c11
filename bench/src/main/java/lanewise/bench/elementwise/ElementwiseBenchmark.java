package lanewise.bench.elementwise;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.elementwise.Elementwise;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Sums, products and multiples of vectors. */
public class ElementwiseBenchmark extends KernelBenchmark {

    private static final float ALPHA = 0x1.8p-20f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] a;
    private float[] b;
    private float[] y;

    /** For JMH. */
    public ElementwiseBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        a = uniform(n, -1, 1);
        b = uniform(n, -1, 1);
        y = new float[n];
        requireAgreement("a + b", add(), i -> (double) a[i] + b[i], 1);
        requireAgreement("a + b", addScalar(), i -> (double) a[i] + b[i], 1);
        requireAgreement("a * b", multiply(), i -> (double) a[i] * b[i], 1);
        requireAgreement("a * b", multiplyScalar(), i -> (double) a[i] * b[i], 1);
        requireAgreement("alpha * a", scale(), i -> (double) ALPHA * a[i], 1);
        requireAgreement("alpha * a", scaleScalar(), i -> (double) ALPHA * a[i], 1);
        float[] before = b.clone();
        System.arraycopy(before, 0, y, 0, n);
        requireAgreement("y + alpha * a", axpy(), i -> before[i] + (double) ALPHA * a[i], 2, i -> 1);
        System.arraycopy(before, 0, y, 0, n);
        requireAgreement("y + alpha * a", axpyScalar(), i -> before[i] + (double) ALPHA * a[i], 2, i -> 1);
    }

    /**
     * Lanewise: y = a + b.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] add() {
        Elementwise.add(workers(), n, a, 0, b, 0, y, 0);
        return y;
    }

    /**
     * Plain loop: y = a + b.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] addScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] + b[i];
        }
        return y;
    }

    /**
     * Lanewise: y = a * b.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] multiply() {
        Elementwise.multiply(workers(), n, a, 0, b, 0, y, 0);
        return y;
    }

    /**
     * Plain loop: y = a * b.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] multiplyScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * b[i];
        }
        return y;
    }

    /**
     * Lanewise: y = alpha * a.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] scale() {
        Elementwise.scale(workers(), n, ALPHA, a, 0, y, 0);
        return y;
    }

    /**
     * Plain loop: y = alpha * a.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] scaleScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = ALPHA * a[i];
        }
        return y;
    }

    /**
     * Lanewise: y = y + alpha * a.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] axpy() {
        Elementwise.axpy(workers(), n, ALPHA, a, 0, y, 0);
        return y;
    }

    /**
     * Plain loop: y = y + alpha * a.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] axpyScalar() {
        for (int i = 0; i < n; i++) {
            y[i] += ALPHA * a[i];
        }
        return y;
    }
}
