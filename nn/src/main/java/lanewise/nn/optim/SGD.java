package lanewise.nn.optim;

import java.util.List;
import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.Sgd;
import lanewise.nn.Parameter;
import lanewise.nn.Tensor;

/** Stochastic gradient descent: w -= learningRate * (dw + weightDecay * w). */
public final class SGD {

    private final Workers workers;
    private final ParameterGroup[] groups;

    /**
     * An optimizer with one learning rate and no weight decay.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param parameters what to train
     * @param learningRate how far a step goes against the gradient
     */
    public SGD(Workers workers, List<Parameter> parameters, float learningRate) {
        this(workers, new ParameterGroup(parameters, learningRate, 0));
    }

    /**
     * An optimizer with settings per group; weight decay, for example, is usually for weights and not for biases.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param groups what to train, and how
     */
    public SGD(Workers workers, ParameterGroup... groups) {
        this.workers = Objects.requireNonNull(workers, "SGD: workers is null");
        this.groups = groups.clone();
    }

    /**
     * The groups, whose learning rates may be changed between steps.
     *
     * @return the groups, as they were given
     */
    public List<ParameterGroup> groups() {
        return List.of(groups);
    }

    /**
     * Moves every parameter that has a gradient against it. The gradients are then used up: the next
     * {@link Tensor#backward} overwrites them, so a training loop needs no call of {@code zeroGrad}. To add up the
     * gradients of several batches, call {@code backward} for each before one {@code step}.
     */
    public void step() {
        for (ParameterGroup group : groups) {
            for (Parameter w : group.parameters()) {
                if (w.hasGrad()) {
                    Tensor dw = w.grad();
                    Sgd.update(workers, w.size(), group.learningRate(), group.weightDecay(), dw.data(), dw.offset(),
                            w.data(), w.offset());
                    w.zeroGrad();
                }
            }
        }
    }

    /** Forgets all gradients without using them. */
    public void zeroGrad() {
        for (ParameterGroup group : groups) {
            for (Parameter parameter : group.parameters()) {
                parameter.zeroGrad();
            }
        }
    }
}
