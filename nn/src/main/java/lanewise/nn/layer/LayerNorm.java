package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.NormalizationOperation;

/**
 * y = weight · (x - mean) / √(variance + epsilon) + bias, with mean and variance over the last axes of x.
 *
 * <p>
 * Shapes: x and y are [..., shape]; {@code weight} and {@code bias} have the shape.
 */
public final class LayerNorm extends Module {

    private static final float EPSILON = 1e-5f;

    private final Parameter weight;
    private final Parameter bias;
    private final float epsilon;

    /**
     * A layer as PyTorch makes it: weights of 1, biases of 0, epsilon = 1e-5.
     *
     * @param shape the last axes of x, at least one
     */
    public LayerNorm(int... shape) {
        this(EPSILON, shape);
    }

    /**
     * A layer with another epsilon.
     *
     * @param epsilon added to the variance
     * @param shape the last axes of x, at least one
     */
    public LayerNorm(float epsilon, int... shape) {
        if (shape.length == 0 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "LayerNorm: shape = " + Arrays.toString(shape) + ", need at least one axis, and sizes >= 1");
        }
        this.epsilon = epsilon;
        weight = register("weight", new Parameter(Shape.of(shape)));
        bias = register("bias", new Parameter(Shape.of(shape)));
        Arrays.fill(weight.data(), 1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return NormalizationOperation.layer(x, weight, bias, epsilon);
    }
}
