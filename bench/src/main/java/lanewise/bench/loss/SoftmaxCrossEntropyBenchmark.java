package lanewise.bench.loss;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The cross-entropy of logits and labels, summed, and its derivative: a batch of digits, of images, of words. */
public class SoftmaxCrossEntropyBenchmark extends KernelBenchmark {

    /** Rows and columns. */
    @Param({"64x10", "128x1000", "64x50257"})
    public String shape;

    private int rows;
    private int cols;
    private float[] z;
    private int[] label;
    private float[] dz;
    private final float[] loss = new float[1];
    private final float[] dLoss = {1};

    /** For JMH. */
    public SoftmaxCrossEntropyBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        String[] sizes = shape.split("x", 2);
        rows = Integer.parseInt(sizes[0]);
        cols = Integer.parseInt(sizes[1]);
        z = uniform(rows * cols, -4, 4);
        label = new SplittableRandom(1).ints(rows, 0, cols).toArray();
        dz = new float[rows * cols];
        double exact = IntStream.range(0, rows).mapToDouble(this::rowLoss).sum();
        requireAgreement("loss", forwardScalar(), i -> exact, 256);
        requireAgreement("loss", forward(), i -> exact, 256);
        float[] expected = backwardScalar().clone();
        requireAgreement("dz", backward(), i -> expected[i], 512);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        SoftmaxCrossEntropy.forward(workers(), rows, cols, 1f, z, 0, cols, label, 0, loss, 0);
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
        for (int i = 0; i < rows; i++) {
            sum += rowLoss(i);
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
        SoftmaxCrossEntropy.backward(workers(), rows, cols, 1f, z, 0, cols, label, 0, dLoss, 0, dz, 0, cols, false);
        return dz;
    }

    /**
     * Plain loop, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backwardScalar() {
        for (int i = 0; i < rows; i++) {
            double sum = Math.exp(logSumExp(i));
            for (int j = 0; j < cols; j++) {
                dz[i * cols + j] = (float) (dLoss[0] * (Math.exp(z[i * cols + j]) / sum - (j == label[i] ? 1 : 0)));
            }
        }
        return dz;
    }

    private double rowLoss(int i) {
        return logSumExp(i) - z[i * cols + label[i]];
    }

    private double logSumExp(int i) {
        double sum = 0;
        for (int j = 0; j < cols; j++) {
            sum += Math.exp(z[i * cols + j]);
        }
        return Math.log(sum);
    }
}
