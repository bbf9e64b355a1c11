package lanewise.examples.doctor;

/** Measures how long something takes once the JIT compiler is through with it. */
final class Stopwatch {

    private static final long WINDOW_NANOS = 50_000_000;
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    /** Windows without an improvement after which nothing more is expected of the compiler. */
    private static final int SETTLED = 4;

    private Stopwatch() {}

    /** Seconds per run, of the best of many windows of time: others that use the machine only ever add to it. */
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
        long start = System.nanoTime();
        long now = start;
        int runs = 0;
        while (now - start < WINDOW_NANOS) {
            work.run();
            runs++;
            now = System.nanoTime();
        }
        return (double) (now - start) / runs;
    }
}
