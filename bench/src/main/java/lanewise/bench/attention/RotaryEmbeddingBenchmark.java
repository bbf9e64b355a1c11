package lanewise.bench.attention;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.attention.RotaryEmbedding;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link RotaryEmbedding} of eight heads of 64 elements. */
public class RotaryEmbeddingBenchmark extends KernelBenchmark {

    private static final int TOKENS = 256;
    private static final int HEADS = 8;
    private static final int DIM = 64;

    /** Whether the elements of a pair are neighbours. */
    @Param({"false", "true"})
    public boolean interleaved;

    private float[] x;
    private float[] cos;
    private float[] sin;
    private float[] y;

    /** For JMH. */
    public RotaryEmbeddingBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(TOKENS * HEADS * DIM, -1, 1);
        cos = uniform(TOKENS * DIM / 2, -1, 1);
        sin = uniform(TOKENS * DIM / 2, -1, 1);
        y = new float[x.length];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 4, i -> 2);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        RotaryEmbedding.forward(workers(), 1, TOKENS, HEADS, DIM, DIM, interleaved, x, 0, cos, 0, sin, 0, y, 0);
        return y;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int row = 0; row < TOKENS * HEADS; row++) {
            for (int i = 0; i < DIM / 2; i++) {
                int first = row * DIM + (interleaved ? 2 * i : i);
                int second = row * DIM + (interleaved ? 2 * i + 1 : DIM / 2 + i);
                float c = cos[row / HEADS * (DIM / 2) + i];
                float s = sin[row / HEADS * (DIM / 2) + i];
                y[first] = x[first] * c - x[second] * s;
                y[second] = x[first] * s + x[second] * c;
            }
        }
        return y;
    }
}
