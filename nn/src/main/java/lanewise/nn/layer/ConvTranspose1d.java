package lanewise.nn.layer;

import lanewise.nn.Generator;

/**
 * The transposed convolution of sequences with filters that are learned: the gradient of a convolution with respect to its input,
 * used forwards, as where sequences become larger again. PyTorch's {@code ConvTranspose1d}.
 *
 * <p>
 * Shapes: x is [batch, inChannels, length], y is [batch, outChannels, outW], each size being (size - 1) stride - 2 padding +
 * dilation (kernel - 1) + outputPadding + 1; {@code weight} is [inChannels, outChannels / groups, kernelW], {@code bias} is
 * [outChannels]. Stride and dilation are 1 and the paddings 0 unless said otherwise, before the layer is used.
 */
public final class ConvTranspose1d extends ConvTransposeNd<ConvTranspose1d> {

    /**
     * A layer with filters and a bias, as PyTorch makes it: weight and bias uniform in [-1/sqrt(inputs), 1/sqrt(inputs)),
     * where inputs is the elements of a filter over the output channels of its group.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output, at least 1
     * @param kernel length of a filter, at least 1
     * @param random fills the parameters
     */
    public ConvTranspose1d(int inChannels, int outChannels, int kernel, Generator random) {
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
    public ConvTranspose1d(int inChannels, int outChannels, int kernelW, int groups, boolean withBias,
            Generator random) {
        super(inChannels, outChannels, new int[]{kernelW}, groups, withBias, random);
    }

    @Override
    ConvTranspose1d self() {
        return this;
    }
}
