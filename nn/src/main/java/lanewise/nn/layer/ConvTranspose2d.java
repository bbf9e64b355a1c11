package lanewise.nn.layer;

import lanewise.nn.Generator;

/**
 * The transposed convolution of images with filters that are learned: the gradient of a convolution with respect to its input,
 * used forwards, as where images become larger again. PyTorch's {@code ConvTranspose2d}.
 *
 * <p>
 * Shapes: x is [batch, inChannels, height, width], y is [batch, outChannels, outH, outW], each size being (size - 1) stride - 2 padding +
 * dilation (kernel - 1) + outputPadding + 1; {@code weight} is [inChannels, outChannels / groups, kernelH, kernelW], {@code bias} is
 * [outChannels]. Stride and dilation are 1 and the paddings 0 unless said otherwise, before the layer is used.
 */
public final class ConvTranspose2d extends ConvTransposeNd<ConvTranspose2d> {

    /**
     * A layer with square filters and a bias, as PyTorch makes it: weight and bias uniform in [-1/sqrt(inputs), 1/sqrt(inputs)),
     * where inputs is the elements of a filter over the output channels of its group.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernel height and width of a filter, at least 1
     * @param random fills the parameters
     */
    public ConvTranspose2d(int inChannels, int outChannels, int kernel, Generator random) {
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
    public ConvTranspose2d(int inChannels, int outChannels, int kernelH, int kernelW, int groups, boolean withBias,
            Generator random) {
        super(inChannels, outChannels, new int[]{kernelH, kernelW}, groups, withBias, random);
    }

    @Override
    ConvTranspose2d self() {
        return this;
    }
}
