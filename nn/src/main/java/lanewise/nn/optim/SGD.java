package lanewise.nn.optim;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.Momentum;
import lanewise.kernels.optimizer.Sgd;
import lanewise.nn.Parameter;

/** Stochastic gradient descent: w -= learningRate * (dw + weightDecay * w), on request with momentum. */
public final class SGD extends Optimizer {

    private final float momentum;
    private final float dampening;
    private final boolean nesterov;

    /**
     * An optimizer with one learning rate, no momentum and no weight decay.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param parameters what to train
     * @param learningRate how far a step goes against the gradient
     */
    public SGD(Workers workers, List<Parameter> parameters, float learningRate) {
        this(workers, new ParameterGroup(parameters, learningRate, 0));
    }

    /**
     * An optimizer without momentum and with settings per group; weight decay, for example, is usually for weights and not
     * for biases.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param groups what to train, and how
     */
    public SGD(Workers workers, ParameterGroup... groups) {
        this(workers, 0, 0, false, groups);
    }

    /**
     * An optimizer with momentum.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param momentum how much of the velocity remains at each step; 0 for none
     * @param dampening how much less of a gradient enters the velocity, from the second step on
     * @param nesterov whether to look one step ahead
     * @param groups what to train, and how
     */
    public SGD(Workers workers, float momentum, float dampening, boolean nesterov, ParameterGroup... groups) {
        super(workers, groups);
        this.momentum = fraction("SGD", "momentum", momentum);
        this.dampening = fraction("SGD", "dampening", dampening);
        this.nesterov = nesterov;
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException("SGD: nesterov with momentum = " + momentum + " and dampening = "
                    + dampening + ", need momentum > 0 and dampening = 0");
        }
    }

    @Override
    List<String> memories() {
        return momentum == 0 ? List.of() : List.of("momentum_buffer");
    }

    @Override
    void update(Workers workers, ParameterGroup group, int step, int n, float[] dw, int dwOffset, float[] w,
            int wOffset, float[][] memories) {
        if (momentum == 0) {
            Sgd.update(workers, n, group.learningRate(), group.weightDecay(), dw, dwOffset, w, wOffset);
        } else {
            Momentum.update(workers, n, group.learningRate(), momentum, step == 1 ? 0 : dampening, nesterov,
                    group.weightDecay(), dw, dwOffset, w, wOffset, memories[0], 0);
        }
    }
}
