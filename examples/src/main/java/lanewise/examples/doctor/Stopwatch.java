package lanewise.examples.doctor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures how long something takes once the JIT compiler is through with it. */
final class Stopwatch {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WINDOW_NANOS = 50_000_000;
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    /** Windows without an improvement after which nothing more is expected of the compiler. */
    private static final int SETTLED = 4;

    private Stopwatch() {}

    /**
     * Seconds of this thread's processor per run, of the best of many windows of time: what others use of the machine only
     * ever adds to it.
     */
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        double best = Double.MAX_VALUE;
        int settled = 0;
        while (settled < SETTLED && System.nanoTime() - start < PATIENCE_NANOS) {
            double nanos = window(work);
            settled = nanos < 0.97 * best ? 0 : settled + 1;
            best = Math.min(best, nanos);
        }
        return best / 1e9;
    }

    private static double window(Runnable work) {
        long start = processorNanos();
        long nanos = 0;
        int runs = 0;
        while (nanos < WINDOW_NANOS) {
            work.run();
            runs++;
            nanos = processorNanos() - start;
        }
        return (double) nanos / runs;
    }

    private static long processorNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
