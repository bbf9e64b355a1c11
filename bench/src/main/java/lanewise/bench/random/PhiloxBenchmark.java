package lanewise.bench.random;

import java.util.SplittableRandom;
import lanewise.bench.KernelBenchmark;
import lanewise.bench.contest.DisagreementException;
import lanewise.kernels.random.Philox;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Counter-based random numbers beside the JDK's generator. */
public class PhiloxBenchmark extends KernelBenchmark {

    private static final long SEED = 2026;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] x;
    private final SplittableRandom jdk = new SplittableRandom(SEED);

    /** For JMH. */
    public PhiloxBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = new float[n];
        requireMoments("uniform", uniform(), 0.5, 1 / 12.0);
        requireMoments("uniform of the JDK", uniformJdk(), 0.5, 1 / 12.0);
        requireMoments("normal", normal(), 0, 1);
        requireMoments("normal of the JDK", normalJdk(), 0, 1);
    }

    /**
     * Lanewise, uniform in [0, 1).
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] uniform() {
        Philox.uniform(SEED, 0, n, 0f, 1f, x, 0);
        return x;
    }

    /**
     * SplittableRandom, uniform in [0, 1).
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] uniformJdk() {
        for (int i = 0; i < n; i++) {
            x[i] = jdk.nextFloat();
        }
        return x;
    }

    /**
     * Lanewise, normal.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] normal() {
        Philox.normal(SEED, 0, n, 0f, 1f, x, 0);
        return x;
    }

    /**
     * SplittableRandom, normal.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] normalJdk() {
        for (int i = 0; i < n; i++) {
            x[i] = (float) jdk.nextGaussian();
        }
        return x;
    }

    // Random numbers agree in their distribution only: the mean within five standard errors, the variance within a fifth.
    private void requireMoments(String what, float[] values, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value - mean;
            squares += (value - mean) * (value - mean);
        }
        double error = Math.abs(sum / n) / Math.sqrt(variance / n);
        double ratio = squares / n / variance;
        if (!(error < 5 && ratio > 0.8 && ratio < 1.2)) {
            throw new DisagreementException(
                    what + ": mean " + error + " standard errors away, variance " + ratio + " of what it should be");
        }
    }
}
