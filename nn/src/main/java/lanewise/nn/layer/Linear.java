package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.init.Init;

/**
 * y = x Wᵀ + b, the fully connected layer.
 *
 * <p>
 * Shapes: x is [..., inputs], y is [..., outputs]; {@code weight} is [outputs, inputs], {@code bias} is [outputs].
 */
public final class Linear extends Module {

    private final Parameter weight;
    private final Parameter bias;

    /**
     * A layer as PyTorch makes it: weight and bias uniform in [-1/sqrt(inputs), 1/sqrt(inputs)).
     *
     * @param inputs size of the input, at least 1
     * @param outputs size of the output, at least 1
     * @param random fills the parameters
     */
    public Linear(int inputs, int outputs, Generator random) {
        this(inputs, outputs, random, Init.uniformByInputs(inputs), Init.uniformByInputs(inputs));
    }

    /**
     * A layer with initializers of one's choice.
     *
     * @param inputs size of the input, at least 1
     * @param outputs size of the output, at least 1
     * @param random fills the parameters, the weight first
     * @param weightInit how the weight is filled
     * @param biasInit how the bias is filled, or null for no bias
     */
    public Linear(int inputs, int outputs, Generator random, Init weightInit, Init biasInit) {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "Linear: inputs = " + inputs + ", outputs = " + outputs + ", need both >= 1");
        }
        weight = register("weight", new Parameter(Shape.of(outputs, inputs)));
        bias = biasInit == null ? null : register("bias", new Parameter(Shape.of(outputs)));
        weightInit.fill(weight, random);
        if (bias != null) {
            biasInit.fill(bias, random);
        }
    }

    /**
     * A layer without a bias.
     *
     * @param inputs size of the input, at least 1
     * @param outputs size of the output, at least 1
     * @param random fills the weight, as PyTorch does
     * @return the layer
     */
    public static Linear withoutBias(int inputs, int outputs, Generator random) {
        return new Linear(inputs, outputs, random, Init.uniformByInputs(inputs), null);
    }

    /**
     * The weight.
     *
     * @return [outputs, inputs]
     */
    public Parameter weight() {
        return weight;
    }

    /**
     * The bias.
     *
     * @return [outputs], or null if there is none
     */
    public Parameter bias() {
        return bias;
    }

    @Override
    public Tensor forward(Tensor x) {
        return bias == null ? x.linear(weight) : x.linear(weight, bias);
    }

    @Override
    protected long multiplyAdds(Shape x, Shape y) {
        return (long) y.size() * weight.shape().size(1);
    }
}
