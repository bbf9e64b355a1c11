package lanewise.bench.contest;

/** A machine that slows down for ever after five measurements: as many as a contest begins with. */
public final class FakeMeter implements LimitMeter {

    private int measurements;

    /**
     * Makes the meter.
     *
     * @param threads any
     */
    public FakeMeter(int threads) {}

    @Override
    public String description() {
        return "fake";
    }

    @Override
    public double measure(String request) {
        return measurements++ < 5 ? 100 : 50;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
