package lanewise.nn.optim;

import java.util.Map;
import lanewise.nn.State;

/** Counts how often in succession a loss was no better than the best one before. */
final class Patience {

    private final int most;
    private final double threshold;
    private double best = Double.POSITIVE_INFINITY;
    private long worse;

    /** A loss is better if it is lower by more than a part of the best one's magnitude. */
    Patience(String owner, int most, double threshold) {
        if (most < 0) {
            throw new IllegalArgumentException(owner + ": patience = " + most + ", need patience >= 0");
        }
        if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    owner + ": threshold = " + threshold + ", need a finite number >= 0");
        }
        this.most = most;
        this.threshold = threshold;
    }

    /** Takes notice of a loss. One that is NaN is no better than any. */
    boolean exhaustedBy(double loss) {
        // best = infinity: infinity - infinity is NaN, which nothing is at least as great as
        if (loss < best && !(loss >= best - threshold * Math.abs(best))) {
            best = loss;
            worse = 0;
        } else {
            worse++;
        }
        return worse > most;
    }

    void regain() {
        worse = 0;
    }

    double best() {
        return best;
    }

    Map<String, String> values() {
        return Map.of("best", Double.toString(best), "worse", Long.toString(worse));
    }

    Runnable restoring(State state) {
        state.requireLike(new State(Map.of(), values()));
        double newBest = state.number("best");
        long newWorse = state.wholeNumber("worse", 0);
        return () -> {
            best = newBest;
            worse = newWorse;
        };
    }
}
