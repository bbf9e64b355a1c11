package lanewise.bench.contest;

/** What the rate of a workload counts. */
public enum Unit {
    /** 10<sup>9</sup> floating-point operations per second; a multiply-add is two. */
    GFLOPS("GFLOP/s", 1e-9),
    /** 10<sup>9</sup> bytes read or written per second. */
    GIGABYTES("GB/s", 1e-9),
    /** Calls, steps or images per second. */
    ITEMS("1/s", 1);

    private final String symbol;
    private final double scale;

    Unit(String symbol, double scale) {
        this.symbol = symbol;
        this.scale = scale;
    }

    /**
     * The unit's name in tables.
     *
     * @return such as {@code GFLOP/s}
     */
    public String symbol() {
        return symbol;
    }

    /**
     * The rate of a call.
     *
     * @param work operations, bytes or items of one call
     * @param seconds how long the call takes
     * @return the rate in this unit
     */
    public double rate(double work, double seconds) {
        return work * scale / seconds;
    }
}
