package lanewise.nn.optim;

import java.util.Map;
import java.util.Objects;
import lanewise.nn.State;
import lanewise.nn.Stateful;

/**
 * Lowers the learning rates of an optimizer when a loss no longer falls (PyTorch's {@code ReduceLROnPlateau}).
 */
public final class ReduceOnPlateau implements Stateful {

    private final Optimizer optimizer;
    private final float factor;
    private final Patience patience;

    /**
     * A plateau of any length in which the loss does not fall by a relative threshold of 1e-4, as in PyTorch.
     *
     * @param optimizer whose learning rates are lowered
     * @param factor what they are multiplied by, in [0, 1)
     * @param patience how many calls without a better loss are borne; the next one lowers the rates
     */
    public ReduceOnPlateau(Optimizer optimizer, float factor, int patience) {
        this.optimizer = Objects.requireNonNull(optimizer, "ReduceOnPlateau: optimizer is null");
        this.factor = Optimizer.fraction("ReduceOnPlateau", "factor", factor);
        this.patience = new Patience("ReduceOnPlateau", patience, 1e-4);
    }

    /**
     * Takes notice of a loss, usually once an epoch.
     *
     * @param loss what should fall
     * @return whether the learning rates were lowered
     */
    public boolean step(double loss) {
        boolean exhausted = patience.exhaustedBy(loss);
        if (exhausted) {
            for (ParameterGroup group : optimizer.groups()) {
                group.learningRate(factor * group.learningRate());
            }
            patience.regain();
        }
        return exhausted;
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
