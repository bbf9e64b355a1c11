package lanewise.bench.loss;

import java.util.stream.IntStream;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The cross-entropy of logits, summed, and its derivative. */
public class SigmoidCrossEntropyBenchmark extends KernelBenchmark {

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] z;
    private float[] target;
    private float[] dz;
    private final float[] loss = new float[1];
    private final float[] dLoss = {1};

    /** For JMH. */
    public SigmoidCrossEntropyBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        z = uniform(n, 0, 1);
        target = uniform(n, 0, 1);
        dz = new float[n];
        double exact = IntStream.range(0, n).mapToDouble(this::term).sum();
        requireAgreement("loss", forwardScalar(), i -> exact, 64);
        requireAgreement("loss", forward(), i -> exact, 64);
        requireAgreement("dz", backwardScalar(), this::derivative, 8, i -> 1);
        requireAgreement("dz", backward(), this::derivative, 8, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        SigmoidCrossEntropy.forward(workers(), n, 1f, z, 0, target, 0, loss, 0);
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
        SigmoidCrossEntropy.backward(workers(), n, 1f, z, 0, target, 0, dLoss, 0, dz, 0, false);
        return dz;
    }

    /**
     * Plain loop, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardScalar() {
        for (int i = 0; i < n; i++) {
            dz[i] = (float) (dLoss[0] * derivative(i));
        }
        return dz;
    }

    private double term(int i) {
        return Math.max(z[i], 0.0) - (double) z[i] * target[i] + Math.log1p(Math.exp(-Math.abs(z[i])));
    }

    private double derivative(int i) {
        return 1 / (1 + Math.exp(-z[i])) - target[i];
    }
}
