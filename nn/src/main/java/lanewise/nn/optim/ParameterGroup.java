package lanewise.nn.optim;

import java.util.List;
import lanewise.nn.Parameter;

/** Parameters that are trained with the same settings. */
public final class ParameterGroup {

    private final Parameter[] parameters;
    private float learningRate;
    private final float weightDecay;
    private final float l1;

    /**
     * A group.
     *
     * @param parameters its parameters
     * @param learningRate how far a step goes against the gradient
     * @param weightDecay the part of a parameter that is added to its gradient
     */
    public ParameterGroup(List<Parameter> parameters, float learningRate, float weightDecay) {
        this(parameters, learningRate, weightDecay, 0);
    }

    /**
     * A group with an L1 penalty; with weight decay beside it, that of the elastic net.
     *
     * @param parameters its parameters
     * @param learningRate how far a step goes against the gradient
     * @param weightDecay the part of a parameter that is added to its gradient
     * @param l1 what is added to the gradient with the sign of the parameter
     */
    public ParameterGroup(List<Parameter> parameters, float learningRate, float weightDecay, float l1) {
        this.parameters = parameters.toArray(new Parameter[0]);
        this.learningRate = required("learningRate", learningRate);
        this.weightDecay = required("weightDecay", weightDecay);
        this.l1 = required("l1", l1);
    }

    /**
     * The learning rate.
     *
     * @return the rate
     */
    public float learningRate() {
        return learningRate;
    }

    /**
     * Sets the learning rate from the next step on.
     *
     * @param rate the rate
     */
    public void learningRate(float rate) {
        learningRate = required("learningRate", rate);
    }

    /**
     * The weight decay.
     *
     * @return the decay
     */
    public float weightDecay() {
        return weightDecay;
    }

    /**
     * The factor of the L1 penalty.
     *
     * @return the factor
     */
    public float l1() {
        return l1;
    }

    Parameter[] parameters() {
        return parameters;
    }

    static float required(String name, float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "ParameterGroup: " + name + " = " + value + ", need a finite number >= 0");
        }
        return value;
    }
}
