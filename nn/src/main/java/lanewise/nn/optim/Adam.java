package lanewise.nn.optim;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Parameter;

/** Adam: steps from running means of the gradients and of their squares. Weight decay is a part of the gradient. */
public final class Adam extends Optimizer {

    private final float beta1;
    private final float beta2;
    private final float epsilon;

    /**
     * An optimizer with PyTorch's settings: beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, no weight decay.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param parameters what to train
     * @param learningRate how far a step goes
     */
    public Adam(Workers workers, List<Parameter> parameters, float learningRate) {
        this(workers, 0.9f, 0.999f, 1e-8f, new ParameterGroup(parameters, learningRate, 0));
    }

    /**
     * An optimizer with other settings, and with learning rate and weight decay per group.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param beta1 how much of the mean of gradients remains at each step
     * @param beta2 how much of the mean of their squares remains
     * @param epsilon added to the root of that mean
     * @param groups what to train, and how
     */
    public Adam(Workers workers, float beta1, float beta2, float epsilon, ParameterGroup... groups) {
        super(workers, groups);
        this.beta1 = fraction("Adam", "beta1", beta1);
        this.beta2 = fraction("Adam", "beta2", beta2);
        this.epsilon = notNegative("Adam", "epsilon", epsilon);
    }

    @Override
    List<String> memories() {
        return List.of("exp_avg", "exp_avg_sq");
    }

    @Override
    void update(Workers workers, ParameterGroup group, int step, int n, float[] dw, int dwOffset, float[] w,
            int wOffset, float[][] memories) {
        lanewise.kernels.optimizer.Adam.update(workers, n, group.learningRate(), beta1, beta2, epsilon,
                group.weightDecay(), false, step, dw, dwOffset, w, wOffset, memories[0], 0, memories[1], 0);
    }
}
