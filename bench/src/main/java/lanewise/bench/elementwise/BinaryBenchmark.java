package lanewise.bench.elementwise;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.elementwise.Binary;
import lanewise.kernels.elementwise.BinaryFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Binary} and its derivatives. */
public class BinaryBenchmark extends KernelBenchmark {

    /** What is computed. */
    @Param
    public BinaryFunction function;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] a;
    private float[] b;
    private float[] y;
    private float[] d;

    /** For JMH. */
    public BinaryBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        a = uniform(n, 0.5f, 2);
        b = uniform(n, 0.5f, 2);
        y = new float[n];
        d = new float[n];
        requireAgreement("y", forwardScalar(), i -> value(a[i], b[i]), 2);
        requireAgreement("y", forward(), i -> value(a[i], b[i]), 2);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Binary.forward(workers(), function, n, a, 0, b, 0, y, 0);
        return y;
    }

    /**
     * Lanewise, backward to the first argument; the gradient of the results is the results.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardA() {
        Binary.backwardA(workers(), function, n, a, 0, b, 0, y, 0, d, 0, false);
        return d;
    }

    /**
     * Lanewise, backward to the second argument.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardB() {
        Binary.backwardB(workers(), function, n, a, 0, b, 0, y, 0, d, 0, false);
        return d;
    }

    /**
     * Plain loop, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = (float) value(a[i], b[i]);
        }
        return y;
    }

    private double value(double v, double w) {
        return switch (function) {
            case SUBTRACT -> v - w;
            case DIVIDE -> v / w;
            case MAX -> Math.max(v, w);
            case MIN -> Math.min(v, w);
            case POW -> Math.pow(v, w);
            case LESS -> v < w ? 1 : 0;
            case LESS_OR_EQUAL -> v <= w ? 1 : 0;
            case EQUAL -> v == w ? 1 : 0;
        };
    }
}
