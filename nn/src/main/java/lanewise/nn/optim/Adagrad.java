package lanewise.nn.optim;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.AdaGrad;
import lanewise.nn.Parameter;

/** AdaGrad: steps divided by the root of the sum of all squared gradients. */
public final class Adagrad extends Optimizer {

    private final float epsilon;

    /**
     * An optimizer with PyTorch's settings: epsilon = 1e-10, no weight decay.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param parameters what to train
     * @param learningRate how far a step goes
     */
    public Adagrad(Workers workers, List<Parameter> parameters, float learningRate) {
        this(workers, 1e-10f, new ParameterGroup(parameters, learningRate, 0));
    }

    /**
     * An optimizer with other settings, and with learning rate and weight decay per group.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param epsilon added to the root
     * @param groups what to train, and how
     */
    public Adagrad(Workers workers, float epsilon, ParameterGroup... groups) {
        super(workers, groups);
        this.epsilon = notNegative("Adagrad", "epsilon", epsilon);
    }

    @Override
    List<String> memories() {
        return List.of("sum");
    }

    @Override
    void update(Workers workers, ParameterGroup group, int step, int n, float[] dw, int dwOffset, float[] w,
            int wOffset, float[][] memories) {
        AdaGrad.update(workers, n, group.learningRate(), epsilon, group.weightDecay(), dw, dwOffset, w, wOffset,
                memories[0], 0);
    }
}
