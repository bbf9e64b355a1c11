package lanewise.bench.loss;

import java.util.stream.IntStream;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.loss.QuadraticLoss;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Half the sum of squared differences and its derivative. */
public class QuadraticLossBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] y;
    private float[] target;
    private float[] dy;
    private final float[] loss = new float[1];
    private final float[] dLoss = {1};

    /** For JMH. */
    public QuadraticLossBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        y = uniform(n, 0, 1);
        target = uniform(n, 0, 1);
        dy = new float[n];
        double exact = IntStream.range(0, n).mapToDouble(this::term).sum();
        requireAgreement("loss", forwardScalar(), i -> exact, 64);
        requireAgreement("loss", forward(), i -> exact, 64);
        requireAgreement("dy", backwardScalar(), this::derivative, 1, i -> 1);
        requireAgreement("dy", backward(), this::derivative, 1, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        QuadraticLoss.forward(workers(), n, 1f, y, 0, target, 0, loss, 0);
        return loss;
    }

    /**
     * Plain loop, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += term(i);
        }
        loss[0] = (float) sum;
        return loss;
    }

    /**
     * Lanewise, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        QuadraticLoss.backward(workers(), n, 1f, y, 0, target, 0, dLoss, 0, dy, 0, false);
        return dy;
    }

    /**
     * Plain loop, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardScalar() {
        for (int i = 0; i < n; i++) {
            dy[i] = (float) (dLoss[0] * derivative(i));
        }
        return dy;
    }

    private double term(int i) {
        double difference = (double) y[i] - target[i];
        return difference * difference / 2;
    }

    private double derivative(int i) {
        return (double) y[i] - target[i];
    }
}
