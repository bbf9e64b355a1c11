package lanewise.bench.contest;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Times one operation in batches that are long for the clock. */
final class Stopwatch {

    /**
     * One sample.
     *
     * @param median the median over batches of the seconds per call
     * @param calls how many calls were timed
     */
    record Sample(double median, long calls) {}

    private static final double BATCH_SECONDS = 1e-3;
    private static final double SLICE_SECONDS = 0.05;
    // A call this long needs no lead-in and no second calm slice: it averages by itself.
    private static final double SLOW_SECONDS = 0.5;
    private static final double LEAD_IN = 0.1;
    private static final double IMPROVEMENT = 0.98;
    private static final int CALM_SLICES = 2;
    // Until C2 has compiled it, a kernel on the Vector API is hundreds of times slower, and C2 comes after a number of calls:
    // a few slow ones look calm.
    private static final int LEAST_CALLS = 100;
    private static final double LEAST_CALLS_SECONDS = 3;
    private static final int MAX_SLICES = 60;
    private static final double IDLE = 0.05;
    private static final CompilationMXBean JIT = ManagementFactory.getCompilationMXBean();

    private final Operation operation;
    private double secondsPerCall;
    private long calls;

    Stopwatch(Operation operation) {
        this.operation = operation;
    }

    /**
     * Runs the operation until its speed has settled: for the given time and some calls at least, and until two slices in a
     * row were not faster than the best before and the JIT was idle meanwhile.
     *
     * @return seconds per call
     */
    double warmUp(double seconds) {
        long start = System.nanoTime();
        secondsPerCall = call(1);
        double best = secondsPerCall;
        int calm = 0;
        long before = calls;
        for (int slices = 0; slices < MAX_SLICES; slices++) {
            boolean enough = since(start) >= seconds
                    && (calls - before >= LEAST_CALLS || since(start) >= LEAST_CALLS_SECONDS);
            if (enough && calm >= CALM_SLICES) {
                break;
            }
            long compiling = JIT.getTotalCompilationTime();
            long begin = System.nanoTime();
            double slice = slice(SLICE_SECONDS);
            boolean jitIsIdle = JIT.getTotalCompilationTime() - compiling <= IDLE * since(begin) * 1e3;
            boolean settled = jitIsIdle && slice > IMPROVEMENT * best;
            calm = settled ? calm + 1 : 0;
            best = Math.min(best, slice);
            if (settled && best > SLOW_SECONDS) {
                break;
            }
        }
        secondsPerCall = best;
        return best;
    }

    /** Takes one sample of at least the given length and at least one call. */
    Sample sample(double seconds) {
        if (secondsPerCall < SLOW_SECONDS) {
            slice(LEAD_IN * seconds);
        }
        long batch = batch();
        List<Double> batches = new ArrayList<>();
        long start = System.nanoTime();
        do {
            batches.add(call(batch));
        } while (since(start) < seconds);
        double median = Statistics.median(batches);
        secondsPerCall = median;
        return new Sample(median, batch * batches.size());
    }

    private double slice(double seconds) {
        long start = System.nanoTime();
        long before = calls;
        long batch = batch();
        do {
            call(batch);
        } while (since(start) < seconds);
        secondsPerCall = since(start) / (calls - before);
        return secondsPerCall;
    }

    private long batch() {
        return Math.max(1, (long) Math.ceil(BATCH_SECONDS / secondsPerCall));
    }

    private double call(long times) {
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            operation.run();
        }
        calls += times;
        return since(start) / times;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
