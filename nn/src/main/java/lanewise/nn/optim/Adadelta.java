package lanewise.nn.optim;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.AdaDelta;
import lanewise.nn.Parameter;

/** AdaDelta: steps of the size of recent changes. */
public final class Adadelta extends Optimizer {

    private final float rho;
    private final float epsilon;

    /**
     * An optimizer with PyTorch's settings: rho = 0.9, epsilon = 1e-6, no weight decay.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param parameters what to train
     * @param learningRate how far a step goes
     */
    public Adadelta(Workers workers, List<Parameter> parameters, float learningRate) {
        this(workers, 0.9f, 1e-6f, new ParameterGroup(parameters, learningRate, 0));
    }

    /**
     * An optimizer with other settings, and with learning rate and weight decay per group.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param rho how much of the means remains at each step
     * @param epsilon added under the roots
     * @param groups what to train, and how
     */
    public Adadelta(Workers workers, float rho, float epsilon, ParameterGroup... groups) {
        super(workers, groups);
        this.rho = fraction("Adadelta", "rho", rho);
        this.epsilon = notNegative("Adadelta", "epsilon", epsilon);
    }

    @Override
    List<String> memories() {
        return List.of("square_avg", "acc_delta");
    }

    @Override
    void update(Workers workers, ParameterGroup group, int step, int n, float[] dw, int dwOffset, float[] w,
            int wOffset, float[][] memories) {
        AdaDelta.update(workers, n, group.learningRate(), rho, epsilon, group.weightDecay(), dw, dwOffset, w, wOffset,
                memories[0], 0, memories[1], 0);
    }
}
