package lanewise.nn.optim;

import java.util.Map;
import lanewise.nn.State;
import lanewise.nn.Stateful;

/** Says when to stop: a loss, usually that of the validation data, has not become better for a number of calls. */
public final class EarlyStopping implements Stateful {

    private final Patience patience;

    /**
     * Stops after "no improvement in n".
     *
     * @param patience n: how many calls in succession without a better loss are borne; at least 1
     * @param threshold the least improvement, relative to the best loss; 0 for any
     */
    public EarlyStopping(int patience, double threshold) {
        if (patience < 1) {
            throw new IllegalArgumentException("EarlyStopping: patience = " + patience + ", need patience >= 1");
        }
        this.patience = new Patience("EarlyStopping", patience - 1, threshold);
    }

    /**
     * Takes notice of a loss, usually once an epoch. For an accuracy, which should rise, give its negative.
     *
     * @param loss what should fall; NaN is no improvement
     * @return whether to stop
     */
    public boolean step(double loss) {
        return patience.exhaustedBy(loss);
    }

    /**
     * The best loss so far.
     *
     * @return the loss; infinite before the first
     */
    public double best() {
        return patience.best();
    }

    @Override
    public State state() {
        return new State(Map.of(), patience.values());
    }

    @Override
    public Runnable restoring(State state) {
        return patience.restoring(state);
    }
}
