package lanewise.nn;

/** Counts the passes of a module that is different in each, such as dropout; see {@link Module#registerCounter}. */
public final class Counter {

    private long value;

    Counter() {}

    /**
     * Counts.
     *
     * @return how often it was called before
     */
    public long next() {
        return value++;
    }

    long value() {
        return value;
    }

    void value(long value) {
        this.value = value;
    }
}
