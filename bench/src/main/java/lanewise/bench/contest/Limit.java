package lanewise.bench.contest;

/**
 * What bounds a workload on this machine: measured in the same run, on the same number of threads.
 *
 * @param request what a child process is asked to measure
 * @param title what the fraction is called in a table
 */
public record Limit(String request, String title) {

    /** The rate of independent fused multiply-adds from registers. */
    public static final Limit FMA = new Limit("fma", "of FMA peak");

    /**
     * The bandwidth of a copy, for operations bound by memory.
     *
     * @param bytes bytes read plus bytes written
     * @return the limit
     */
    public static Limit copy(long bytes) {
        return new Limit("copy " + bytes, "of copy");
    }
}
