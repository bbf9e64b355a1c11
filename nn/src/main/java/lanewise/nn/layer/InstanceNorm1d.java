package lanewise.nn.layer;

/**
 * y = (x - mean) / √(variance + epsilon), with mean and variance of each channel of each image; without weights and running
 * statistics, as PyTorch makes it unless told otherwise.
 *
 * <p>
 * Shapes: x and y are [batch, channels, length].
 */
public final class InstanceNorm1d extends InstanceNorm {

    /**
     * A layer as PyTorch makes it: epsilon = 1e-5.
     *
     * @param channels of x, at least 1
     */
    public InstanceNorm1d(int channels) {
        super(channels);
    }

    /**
     * A layer with another epsilon.
     *
     * @param channels of x, at least 1
     * @param epsilon added to the variance
     */
    public InstanceNorm1d(int channels, float epsilon) {
        super(channels, epsilon);
    }

    @Override
    int rank() {
        return 3;
    }

    @Override
    String need() {
        return "[batch, %d, length]";
    }
}
