package lanewise.bench.loss;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.loss.LossFunction;
import lanewise.kernels.loss.PointwiseLoss;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link PointwiseLoss} and its derivative. */
public class PointwiseLossBenchmark extends KernelBenchmark {

    private static final float DELTA = 0.5f;

    /** What is computed. */
    @Param
    public LossFunction function;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] y;
    private float[] target;
    private float[] loss;
    private float[] dy;

    /** For JMH. */
    public PointwiseLossBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        y = function == LossFunction.BINARY_CROSS_ENTROPY ? uniform(n, 0.1f, 0.9f) : uniform(n, -2, -1);
        target = uniform(n, 0.1f, 1);
        loss = new float[n];
        dy = new float[n];
        requireAgreement("loss", forwardScalar(), i -> value(y[i], target[i]), 2, i -> 10);
        requireAgreement("loss", forward(), i -> value(y[i], target[i]), 4, i -> 10);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        PointwiseLoss.forward(workers(), function, n, DELTA, y, 0, target, 0, loss, 0);
        return loss;
    }

    /**
     * Lanewise, backward; the gradient of the losses is the losses.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        PointwiseLoss.backward(workers(), function, n, DELTA, y, 0, target, 0, loss, 0, dy, 0, false);
        return dy;
    }

    /**
     * Plain loop, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            loss[i] = (float) value(y[i], target[i]);
        }
        return loss;
    }

    private double value(double v, double t) {
        double d = Math.abs(v - t);
        return switch (function) {
            case ABSOLUTE -> d;
            case SQUARED -> d * d;
            case HUBER -> d > DELTA ? DELTA * (d - DELTA / 2) : d * d / 2;
            case HINGE -> Math.max(0, 1 - t * v);
            case KL_DIVERGENCE -> t * (Math.log(t) - v);
            case BINARY_CROSS_ENTROPY -> -t * Math.log(v) - (1 - t) * Math.log(1 - v);
        };
    }
}
