package lanewise.bench.contest;

/** An engine whose workloads say what it shall do. */
public final class FakeEngine implements Engine {

    /** Computes well. */
    static final String GOOD = "good";
    /** Computes wrongly. */
    static final String WRONG = "wrong";
    /** Is not offered. */
    static final String UNKNOWN = "unknown";
    /** Takes the process down. */
    static final String DEADLY = "deadly";

    /**
     * Makes the engine.
     *
     * @param threads the number of threads; 13 are not possible
     */
    public FakeEngine(int threads) {
        if (threads == 13) {
            throw new IllegalArgumentException("threads = 13,\nneed fewer");
        }
    }

    @Override
    public String description() {
        System.out.println("chatter of a library");
        return "fake 1.0";
    }

    @Override
    public Operation prepare(String workload) {
        return switch (workload) {
            case GOOD -> () -> {
            };
            case WRONG -> throw new DisagreementException("C[0][0] = 1, reference 2");
            case UNKNOWN -> throw new UnsupportedOperationException();
            default -> {
                System.err.println("segmentation fault, or so");
                Runtime.getRuntime().halt(3);
                yield null;
            }
        };
    }

    @Override
    public void close() {
        // nothing is open
    }
}
