package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.RmsNormOperation;

/**
 * y = weight · x / √(mean of x² + epsilon), with the mean over the last axes of x.
 *
 * <p>
 * Shapes: x and y are [..., shape]; {@code weight} has the shape.
 */
public final class RMSNorm extends Module {

    private static final float EPSILON = 0x1p-23f;

    private final Parameter weight;
    private final float epsilon;

    /**
     * A layer as PyTorch makes it: weights of 1, epsilon = 2<sup>-23</sup>.
     *
     * @param shape the last axes of x, at least one
     */
    public RMSNorm(int... shape) {
        this(EPSILON, shape);
    }

    /**
     * A layer with another epsilon.
     *
     * @param epsilon added to the mean of squares
     * @param shape the last axes of x, at least one
     */
    public RMSNorm(float epsilon, int... shape) {
        if (shape.length == 0 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "RMSNorm: shape = " + Arrays.toString(shape) + ", need at least one axis, and sizes >= 1");
        }
        this.epsilon = epsilon;
        weight = register("weight", new Parameter(Shape.of(shape)));
        Arrays.fill(weight.data(), 1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return RmsNormOperation.apply(x, weight, epsilon);
    }
}
