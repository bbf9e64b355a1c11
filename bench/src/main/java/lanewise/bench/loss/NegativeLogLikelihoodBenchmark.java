package lanewise.bench.loss;

import java.util.SplittableRandom;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.loss.NegativeLogLikelihood;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The negative log-likelihood with smoothed labels: a batch of images, of segmented images. */
public class NegativeLogLikelihoodBenchmark extends KernelBenchmark {

    private static final float SMOOTHING = 0.1f;

    /** Samples, classes and places. */
    @Param({"128x1000x1", "8x21x4096"})
    public String shape;

    private int n;
    private int classes;
    private int spatial;
    private float[] logP;
    private float[] weight;
    private int[] label;
    private float[] loss;
    private float[] dLogP;

    /** For JMH. */
    public NegativeLogLikelihoodBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        String[] sizes = shape.split("x", 3);
        n = Integer.parseInt(sizes[0]);
        classes = Integer.parseInt(sizes[1]);
        spatial = Integer.parseInt(sizes[2]);
        logP = uniform(n * classes * spatial, -8, 0);
        weight = uniform(classes, 0.5f, 1);
        label = new SplittableRandom(1).ints((long) n * spatial, 0, classes).toArray();
        loss = new float[n * spatial];
        dLogP = new float[n * classes * spatial];
        float[] expected = forwardScalar().clone();
        requireAgreement("loss", forward(), i -> expected[i], 2 * classes);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        NegativeLogLikelihood.forward(workers(), n, classes, spatial, logP, 0, label, 0, weight, 0, -1, SMOOTHING, loss,
                0);
        return loss;
    }

    /**
     * Lanewise, backward; the gradient of the losses is the losses.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        NegativeLogLikelihood.backward(workers(), n, classes, spatial, label, 0, weight, 0, -1, SMOOTHING, loss, 0,
                dLogP, 0, false);
        return dLogP;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            for (int s = 0; s < spatial; s++) {
                int t = label[i * spatial + s];
                double sum = (1 - SMOOTHING) * weight[t] * logP[(i * classes + t) * spatial + s];
                for (int c = 0; c < classes; c++) {
                    sum += SMOOTHING / classes * weight[c] * logP[(i * classes + c) * spatial + s];
                }
                loss[i * spatial + s] = (float) -sum;
            }
        }
        return loss;
    }
}
