package lanewise.bench.contest;

/** A machine that slows down for ever after ten measurements: five of each canary, with which a contest begins. */
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
        return measurements++ < 10 ? 100 : 50;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
