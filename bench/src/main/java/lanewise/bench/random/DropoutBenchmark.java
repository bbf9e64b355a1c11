package lanewise.bench.random;

import java.util.SplittableRandom;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.random.Dropout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Dropout. */
public class DropoutBenchmark extends KernelBenchmark {

    private static final float PROBABILITY = 0.5f;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private float[] y;
    private long stream;

    /** For JMH. */
    public DropoutBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(n, 1, 2);
        y = new float[n];
        requireAgreement("y", dropped(), i -> y[i] == 0 ? 0 : 2 * x[i], 0);
    }

    /**
     * Lanewise.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] dropped() {
        Dropout.forward(workers(), n, 1, stream++, PROBABILITY, x, 0, y, 0);
        return y;
    }

    /**
     * Plain loop with another generator.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] droppedScalar() {
        var random = new SplittableRandom(stream++);
        for (int i = 0; i < n; i++) {
            y[i] = random.nextFloat() < PROBABILITY ? 0 : x[i] * 2;
        }
        return y;
    }
}
