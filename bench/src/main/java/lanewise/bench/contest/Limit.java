package lanewise.bench.contest;

import java.util.Locale;

/**
 * What bounds a workload on this machine: measured in the same run, on the same number of threads.
 *
 * @param request what a child process is asked to measure
 * @param title its name in reports
 * @param unit the unit of its rate
 */
public record Limit(String request, String title, Unit unit) {

    /** The rate of independent fused multiply-adds from registers. */
    public static final Limit FMA = new Limit("fma", "FMA peak", Unit.GFLOPS);

    /**
     * The rate of matrix products within the first-level cache, which bounds nothing but is the more sensitive canary: with a
     * neighbour on the other half of the core it loses a quarter, and multiply-adds from registers 4 %.
     */
    static final Limit SMALL_PRODUCT = new Limit("product", "small product", Unit.GFLOPS);

    /**
     * The bandwidth of a copy, for operations bound by memory. Each byte counts twice: it is read and written.
     *
     * @param bytes size of the array that is copied
     * @return the limit
     */
    public static Limit copy(long bytes) {
        return new Limit("copy " + bytes, String.format(Locale.ROOT, "copy of %.1f MB", 1e-6 * bytes), Unit.GIGABYTES);
    }
}
