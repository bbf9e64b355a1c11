package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.ViewOperation;

/**
 * y = weight · (x - mean) / √(variance + epsilon) + bias, with mean and variance of each group of successive channels of each image.
 *
 * <p>
 * Shapes: x and y are [batch, channels, ...]; {@code weight} and {@code bias} are [channels].
 */
public final class GroupNorm extends Module {

    private static final float EPSILON = 1e-5f;

    private final int channels;
    private final Parameter weight;
    private final Parameter bias;
    private final GroupStatistics groups;
    private final PerShape<Shape> channelShapes = new PerShape<>(GroupNorm::channelShape);

    /**
     * A layer as PyTorch makes it: weights of 1, biases of 0, epsilon = 1e-5.
     *
     * @param groups how many, at least 1
     * @param channels a multiple of groups
     */
    public GroupNorm(int groups, int channels) {
        this(groups, channels, EPSILON);
    }

    /**
     * A layer with another epsilon.
     *
     * @param groups how many, at least 1
     * @param channels a multiple of groups
     * @param epsilon added to the variance
     */
    public GroupNorm(int groups, int channels, float epsilon) {
        if (groups < 1 || channels < 1 || channels % groups != 0) {
            throw new IllegalArgumentException("GroupNorm: groups = " + groups + ", channels = " + channels
                    + ", need groups >= 1 and channels a multiple of it");
        }
        this.channels = channels;
        this.groups = new GroupStatistics(groups, epsilon);
        weight = register("weight", new Parameter(Shape.of(channels)));
        bias = register("bias", new Parameter(Shape.of(channels)));
        Arrays.fill(weight.data(), 1);
    }

    @Override
    public Tensor forward(Tensor x) {
        if (x.shape().rank() < 2 || x.shape().size(1) != channels) {
            throw new IllegalArgumentException(
                    "GroupNorm: x is " + x.shape() + ", need [batch, " + channels + ", ...]");
        }
        Step step = Step.of("groupNorm", x);
        Shape perChannel = channelShapes.of(x.shape());
        return groups.normalize(x).mul(ViewOperation.apply(step, weight, perChannel))
                .add(ViewOperation.apply(step, bias, perChannel));
    }

    /** [channels, 1, ...], which meets [batch, channels, ...]. */
    private static Shape channelShape(Shape x) {
        int[] sizes = new int[x.rank() - 1];
        Arrays.fill(sizes, 1);
        sizes[0] = x.size(1);
        return Shape.of(sizes);
    }
}
