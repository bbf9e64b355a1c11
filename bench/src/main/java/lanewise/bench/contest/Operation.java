package lanewise.bench.contest;

/** What is timed: one call of an implementation on operands that stand ready. */
@FunctionalInterface
public interface Operation {

    /** Runs the operation once. */
    void run();
}
