package lanewise.bench.elementwise;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Unary} and its derivative. */
public class UnaryBenchmark extends KernelBenchmark {

    /** What is computed. */
    @Param
    public UnaryFunction function;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private float[] dy;
    private float[] dx;

    /** For JMH. */
    public UnaryBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, 0.5f, 8);
        dy = uniform(n, -1, 1);
        y = new float[n];
        dx = new float[n];
        requireAgreement("y", forwardScalar(), i -> value(x[i]), 2, i -> Math.max(1, Math.abs(value(x[i]))));
        if (function != UnaryFunction.ERF) {
            requireAgreement("y", forward(), i -> value(x[i]), 4, i -> Math.max(1, Math.abs(value(x[i]))));
        }
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Unary.forward(workers(), function, n, x, 0, y, 0);
        return y;
    }

    /**
     * Lanewise, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        Unary.backward(workers(), function, n, x, 0, dy, 0, dx, 0, false);
        return dx;
    }

    /**
     * Plain loop, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            y[i] = (float) value(x[i]);
        }
        return y;
    }

    /** The JDK has no error function: there the hyperbolic tangent stands for it. */
    private double value(double v) {
        return switch (function) {
            case ABS -> Math.abs(v);
            case NEGATE -> -v;
            case SQUARE -> v * v;
            case SQRT -> Math.sqrt(v);
            case RSQRT -> 1 / Math.sqrt(v);
            case RECIPROCAL -> 1 / v;
            case EXP -> Math.exp(v);
            case EXPM1 -> Math.expm1(v);
            case LOG -> Math.log(v);
            case LOG1P -> Math.log1p(v);
            case ERF -> Math.tanh(v);
            case SIN -> Math.sin(v);
            case COS -> Math.cos(v);
            case FLOOR -> Math.floor(v);
            case CEIL -> Math.ceil(v);
            case ROUND -> Math.rint(v);
        };
    }
}
