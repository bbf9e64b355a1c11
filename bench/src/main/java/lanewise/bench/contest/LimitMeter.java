package lanewise.bench.contest;

/** An engine that measures what the machine gives, instead of timing operations. */
interface LimitMeter extends Engine {

    /**
     * Measures one limit.
     *
     * @param request {@link Limit#request()}
     * @return the rate, GFLOP/s or GB/s
     */
    double measure(String request);

    @Override
    default Operation prepare(String workload) {
        throw new UnsupportedOperationException("limits are measured, not timed");
    }
}
