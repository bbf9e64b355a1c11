package lanewise.bench.contest;

import java.util.Locale;

/**
 * How undisturbed a window was.
 *
 * @param canary the FMA rate of the machine and the rate of a small product, before and after, each relative to its best in
 *        this run: the lowest of the four
 * @param foreign the number of processors that others took meanwhile
 */
record Calm(double canary, double foreign) {

    private static final double LOWEST_CANARY = 0.92;
    private static final double HIGHEST_FOREIGN = 0.15;

    /** What {@link #isEnough} asks for, in words. */
    static final String CONDITION = String.format(Locale.ROOT,
            "a canary was below %.2f of its best or others took over %.2f of a processor", LOWEST_CANARY,
            HIGHEST_FOREIGN);

    boolean isEnough() {
        return canary >= LOWEST_CANARY && foreign <= HIGHEST_FOREIGN;
    }

    boolean isCalmerThan(Calm other) {
        return canary - foreign > other.canary - other.foreign;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "canary %.2f, foreign load %.2f", canary, foreign);
    }
}
