package lanewise.nn.layer;

import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.ConvolutionOperation;
import lanewise.nn.init.Init;

/**
 * The convolution of images with filters that are learned. Filters are not flipped (cross-correlation).
 *
 * <p>
 * Shapes: x is [batch, inChannels, height, width], y is [batch, outChannels, outH, outW]; {@code weight} is [outChannels,
 * inChannels / groups, kernelH, kernelW], {@code bias} is [outChannels]. Stride and dilation are 1 and padding is 0 unless
 * said otherwise, before the layer is used:
 *
 * <pre>
 * new Conv2d(3, 64, 7, random).stride(2).padding(3)
 * </pre>
 */
public final class Conv2d extends Module {

    /** A layer's convolution of inputs of one shape. */
    private record Plan(ConvolutionGeometry geometry, Shape output) {}

    private final int inChannels;
    private final int outChannels;
    private final int kernelH;
    private final int kernelW;
    private final int groups;
    private final Parameter weight;
    private final Parameter bias;
    private int[] strides = {1};
    private int[] paddings = {0};
    private int[] dilations = {1};
    private PerShape<Plan> plans = new PerShape<>(this::plan);

    /**
     * A layer with square filters and a bias, as PyTorch makes it: weight and bias uniform in [-1/sqrt(inputs),
     * 1/sqrt(inputs)), where inputs is the number of elements of a filter.
     *
     * @param inChannels channels of the input, at least 1
     * @param outChannels channels of the output: the number of filters, at least 1
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
     * @param outChannels channels of the output: the number of filters, at least 1
     * @param kernelH height of a filter, at least 1
     * @param kernelW width of a filter, at least 1
     * @param groups how many groups the channels are in; a filter sees only the input channels of its group
     * @param withBias whether there is a bias; a normalization that follows makes it useless
     * @param random fills the parameters, the weight first
     */
    public Conv2d(int inChannels, int outChannels, int kernelH, int kernelW, int groups, boolean withBias,
            Generator random) {
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.kernelH = kernelH;
        this.kernelW = kernelW;
        this.groups = groups;
        unit(); // refuses wrong numbers
        weight = register("weight", new Parameter(Shape.of(outChannels, inChannels / groups, kernelH, kernelW)));
        bias = withBias ? register("bias", new Parameter(Shape.of(outChannels))) : null;
        Init init = Init.uniformByInputs(inChannels / groups * kernelH * kernelW);
        init.fill(weight, random);
        if (withBias) {
            init.fill(bias, random);
        }
    }

    /**
     * Sets how far the filter moves from one element of the output to the next.
     *
     * @param stride one for height and width, or one for each; at least 1
     * @return this
     */
    public Conv2d stride(int... stride) {
        unit().stride(stride);
        strides = stride.clone();
        return changed();
    }

    /**
     * Sets how many zeros are put around the input, on each side.
     *
     * @param padding one for height and width, or one for each; not negative
     * @return this
     */
    public Conv2d padding(int... padding) {
        unit().padding(padding);
        paddings = padding.clone();
        return changed();
    }

    /**
     * Sets the distance between neighbouring elements of the filter.
     *
     * @param dilation one for height and width, or one for each; at least 1
     * @return this
     */
    public Conv2d dilation(int... dilation) {
        unit().dilation(dilation);
        dilations = dilation.clone();
        return changed();
    }

    /**
     * The weight.
     *
     * @return [outChannels, inChannels / groups, kernelH, kernelW]
     */
    public Parameter weight() {
        return weight;
    }

    /**
     * The bias.
     *
     * @return [outChannels], or null if there is none
     */
    public Parameter bias() {
        return bias;
    }

    @Override
    public Tensor forward(Tensor x) {
        Plan plan = plans.of(x.shape());
        return ConvolutionOperation.apply(plan.geometry, plan.output, x, weight, bias);
    }

    private Plan plan(Shape x) {
        Images.check("Conv2d", x);
        if (x.size(1) != inChannels) {
            throw new IllegalArgumentException(
                    "Conv2d: input is " + x + ", need [batch, " + inChannels + ", height, width]");
        }
        ConvolutionGeometry g = ConvolutionGeometry
                .of2d(x.size(0), inChannels, x.size(2), x.size(3), outChannels, kernelH, kernelW).groups(groups)
                .stride(strides).padding(paddings).dilation(dilations);
        return new Plan(g, Shape.of(g.n(), outChannels, g.outH(), g.outW()));
    }

    /** A convolution with this layer's filter: made to check numbers. */
    private ConvolutionGeometry unit() {
        return ConvolutionGeometry.of2d(1, inChannels, 1, 1, outChannels, kernelH, kernelW).groups(groups);
    }

    private Conv2d changed() {
        plans = new PerShape<>(this::plan);
        return this;
    }
}
