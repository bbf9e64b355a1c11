package lanewise.bench.embedding;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.embedding.Embedding;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Embedding} of a batch of words. */
public class EmbeddingBenchmark extends KernelBenchmark {

    private static final int ROWS = 1000;

    /** How many words, and the length of a vector. */
    @Param({"100x64", "8192x512"})
    public String shape;

    private int n;
    private int cols;
    private int[] index;
    private float[] weight;
    private float[] y;
    private float[] dy;
    private float[] dWeight;

    /** For JMH. */
    public EmbeddingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        String[] sizes = shape.split("x", -1);
        n = Integer.parseInt(sizes[0]);
        cols = Integer.parseInt(sizes[1]);
        index = new int[n];
        for (int i = 0; i < n; i++) {
            index[i] = (int) (i * 7919L % ROWS);
        }
        weight = uniform(ROWS * cols, -1, 1);
        dy = uniform(n * cols, -1, 1);
        y = new float[n * cols];
        dWeight = new float[ROWS * cols];
        requireAgreement("y", forwardScalar(), i -> weight[index[i / cols] * cols + i % cols], 1);
        requireAgreement("y", forward(), i -> weight[index[i / cols] * cols + i % cols], 1);
        backward();
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Embedding.forward(workers(), n, ROWS, cols, weight, 0, index, 0, y, 0);
        return y;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < cols; j++) {
                y[i * cols + j] = weight[index[i] * cols + j];
            }
        }
        return y;
    }

    /**
     * Lanewise, backward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] backward() {
        Embedding.backward(workers(), n, ROWS, cols, dy, 0, index, 0, dWeight, 0, false);
        return dWeight;
    }
}
