package lanewise.nn.optim;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.RmsProp;
import lanewise.nn.Parameter;

/** RMSProp: steps divided by the root of the mean of recent squared gradients. */
public final class RMSprop extends Optimizer {

    private final float alpha;
    private final float epsilon;

    /**
     * An optimizer with PyTorch's settings: alpha = 0.99, epsilon = 1e-8, no weight decay.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param parameters what to train
     * @param learningRate how far a step goes
     */
    public RMSprop(Workers workers, List<Parameter> parameters, float learningRate) {
        this(workers, 0.99f, 1e-8f, new ParameterGroup(parameters, learningRate, 0));
    }

    /**
     * An optimizer with other settings, and with learning rate and weight decay per group.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param alpha how much of the mean remains at each step
     * @param epsilon added to the root
     * @param groups what to train, and how
     */
    public RMSprop(Workers workers, float alpha, float epsilon, ParameterGroup... groups) {
        super(workers, groups);
        this.alpha = fraction("RMSprop", "alpha", alpha);
        this.epsilon = notNegative("RMSprop", "epsilon", epsilon);
    }

    @Override
    List<String> memories() {
        return List.of("square_avg");
    }

    @Override
    void update(Workers workers, ParameterGroup group, int step, int n, float[] dw, int dwOffset, float[] w,
            int wOffset, float[][] memories) {
        RmsProp.update(workers, n, group.learningRate(), alpha, epsilon, group.weightDecay(), dw, dwOffset, w, wOffset,
                memories[0], 0);
    }
}
