package lanewise.bench;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import lanewise.bench.contest.DisagreementException;
import lanewise.kernels.Workers;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the JMH benchmarks of kernels share: settings, the team of threads, operands, and the comparison with the formula in
 * double precision that each makes before it is timed. Five forks, because the code that the JIT makes of the same loop
 * differs from process to process.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class KernelBenchmark {

    private static final long SEED = 2026;
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    /** The number of threads of Lanewise; the plain loops have one. */
    @Param("1")
    public int threads;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private Workers workers;

    /** For benchmarks. */
    protected KernelBenchmark() {}

    /**
     * The team, started when it is first asked for.
     *
     * @return a team of {@link #threads}
     */
    protected final Workers workers() {
        if (workers == null) {
            workers = Workers.of(threads);
        }
        return workers;
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
        if (workers != null) {
            workers.close();
        }
    }

    /**
     * Makes an operand.
     *
     * @param length how many values
     * @param low the least value
     * @param high the bound of the values
     * @return uniform values
     */
    protected final float[] uniform(int length, double low, double high) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return values;
    }

    /**
     * Compares a result with its formula.
     *
     * @param what the name of the result in the message
     * @param computed the result
     * @param formula the exact value of element i
     * @param roundings the bound: how many units of roundoff the result may be away
     * @param magnitude what the units are relative to, for element i
     * @throws DisagreementException when an element is further away
     */
    protected static void requireAgreement(String what, float[] computed, IntToDoubleFunction formula, double roundings,
            IntToDoubleFunction magnitude) {
        for (int i = 0; i < computed.length; i++) {
            double exact = formula.applyAsDouble(i);
            double bound = roundings * UNIT_ROUNDOFF * magnitude.applyAsDouble(i);
            // negated so that NaN disagrees
            if (!(Math.abs(computed[i] - exact) <= bound)) {
                throw new DisagreementException(String.format(Locale.ROOT, "%s[%d] = %s, formula %s, bound %.2g", what,
                        i, computed[i], exact, bound));
            }
        }
    }

    /**
     * Compares a result with its formula, relative to the formula's value.
     *
     * @param what the name of the result in the message
     * @param computed the result
     * @param formula the exact value of element i
     * @param roundings the bound: how many units of roundoff the result may be away
     * @throws DisagreementException when an element is further away
     */
    protected static void requireAgreement(String what, float[] computed, IntToDoubleFunction formula,
            double roundings) {
        requireAgreement(what, computed, formula, roundings, i -> Math.abs(formula.applyAsDouble(i)));
    }
}
