package lanewise.nn.layer;

import lanewise.nn.Generator;

/**
 * The convolution of images with filters that are learned. Filters are not flipped (cross-correlation). PyTorch's {@code Conv2d}.
 *
 * <p>
 * Shapes: x is [batch, inChannels, height, width], y is [batch, outChannels, outH, outW]; {@code weight} is [outChannels, inChannels / groups,
 * kernelH, kernelW], {@code bias} is [outChannels]. Stride and dilation are 1 and padding is 0 unless said otherwise, before the layer is
 * used:
 *
 * <pre>
 * new Conv2d(3, 64, 7, random).stride(2).padding(3)
 * </pre>
 */
public final class Conv2d extends ConvNd<Conv2d> {

    /**
     * A layer with square filters and a bias, as PyTorch makes it: weight and bias uniform in [-1/sqrt(inputs), 1/sqrt(inputs)),
     * where inputs is the number of elements of a filter.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernel height and width of a filter, at least 1
     * @param random fills the parameters
     */
    public Conv2d(int inChannels, int outChannels, int kernel, Generator random) {
        this(inChannels, outChannels, kernel, kernel, 1, true, random);
    }

    /**
     * A layer as PyTorch makes it, with all that decides about its parameters.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernelH height of a filter, at least 1
     * @param kernelW width of a filter, at least 1
     * @param groups how many groups the channels are in; a divisor of both numbers of channels
     * @param withBias whether there is a bias; a normalization that follows makes it useless
     * @param random fills the parameters, the weight first
     */
    public Conv2d(int inChannels, int outChannels, int kernelH, int kernelW, int groups, boolean withBias,
            Generator random) {
        super(inChannels, outChannels, new int[]{kernelH, kernelW}, groups, withBias, random);
    }

    @Override
    Conv2d self() {
        return this;
    }
}
