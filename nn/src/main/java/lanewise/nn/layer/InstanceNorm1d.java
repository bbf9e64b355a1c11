package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/**
 * y = (x - mean) / √(variance + epsilon), with mean and variance of each channel of each image; without weights and running
 * statistics, as PyTorch makes it unless told otherwise.
 *
 * <p>
 * Shapes: x and y are [batch, channels, length].
 */
public final class InstanceNorm1d extends Module {

    private static final float EPSILON = 1e-5f;

    private final int channels;
    private final GroupStatistics instances;

    /**
     * A layer as PyTorch makes it: epsilon = 1e-5.
     *
     * @param channels of x, at least 1
     */
    public InstanceNorm1d(int channels) {
        this(channels, EPSILON);
    }

    /**
     * A layer with another epsilon.
     *
     * @param channels of x, at least 1
     * @param epsilon added to the variance
     */
    public InstanceNorm1d(int channels, float epsilon) {
        if (channels < 1) {
            throw new IllegalArgumentException("InstanceNorm1d: channels = " + channels + ", need channels >= 1");
        }
        this.channels = channels;
        instances = new GroupStatistics(channels, epsilon);
    }

    @Override
    public Tensor forward(Tensor x) {
        if (x.shape().rank() != 3 || x.shape().size(1) != channels) {
            throw new IllegalArgumentException("InstanceNorm1d: x is " + x.shape() + ", need [batch, " + channels
                    + ", length]");
        }
        return instances.normalize(x);
    }
}
