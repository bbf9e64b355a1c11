package lanewise.nn.layer;

/**
 * y = weight · (x - mean) / √(variance + epsilon) + bias for each channel: in training with mean and variance of the batch, which
 * also enter the running ones, in evaluation with the running ones.
 *
 * <p>
 * Shapes: x and y are [batch, channels, height, width]; {@code weight}, {@code bias}, {@code running_mean} and
 * {@code running_var} are [channels]. In evaluation these are constants.
 */
public final class BatchNorm2d extends ChannelNorm {

    /**
     * A layer as PyTorch makes it: weights of 1, biases of 0, momentum = 0.1, epsilon = 1e-5.
     *
     * @param channels size of the second axis, at least 1
     */
    public BatchNorm2d(int channels) {
        super(channels);
    }

    /**
     * A layer with other settings.
     *
     * @param channels size of the second axis, at least 1
     * @param momentum how much of the running statistics is new after each batch
     * @param epsilon added to the variance
     */
    public BatchNorm2d(int channels, float momentum, float epsilon) {
        super(channels, momentum, epsilon);
    }

    @Override
    boolean accepts(int rank) {
        return rank == 4;
    }

    @Override
    String need() {
        return "[batch, %1$d, height, width]";
    }
}
