package lanewise.nn.layer;

import lanewise.nn.Generator;

/**
 * The convolution of sequences with filters that are learned. Filters are not flipped (cross-correlation). PyTorch's {@code Conv1d}.
 *
 * <p>
 * Shapes: x is [batch, inChannels, length], y is [batch, outChannels, outW]; {@code weight} is [outChannels, inChannels / groups,
 * kernelW], {@code bias} is [outChannels]. Stride and dilation are 1 and padding is 0 unless said otherwise, before the layer is
 * used:
 *
 * <pre>
 * new Conv1d(3, 64, 7, random).stride(2).padding(3)
 * </pre>
 */
public final class Conv1d extends ConvNd<Conv1d> {

    /**
     * A layer with filters and a bias, as PyTorch makes it: weight and bias uniform in [-1/sqrt(inputs), 1/sqrt(inputs)),
     * where inputs is the number of elements of a filter.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernel length of a filter, at least 1
     * @param random fills the parameters
     */
    public Conv1d(int inChannels, int outChannels, int kernel, Generator random) {
        this(inChannels, outChannels, kernel, 1, true, random);
    }

    /**
     * A layer as PyTorch makes it, with all that decides about its parameters.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelW length of a filter, at least 1
     * @param groups how many groups the channels are in; a divisor of both numbers of channels
     * @param withBias whether there is a bias; a normalization that follows makes it useless
     * @param random fills the parameters, the weight first
     */
    public Conv1d(int inChannels, int outChannels, int kernelW, int groups, boolean withBias, Generator random) {
        super(inChannels, outChannels, new int[]{kernelW}, groups, withBias, random);
    }

    @Override
    Conv1d self() {
        return this;
    }
}
