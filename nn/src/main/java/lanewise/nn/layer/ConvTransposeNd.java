package lanewise.nn.layer;

import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.TransposedConvolutionGeometry;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.TransposedConvolutionOperation;

/**
 * The transposed convolution in any dimension.
 *
 * @param <L> the layer
 */
abstract class ConvTransposeNd<L extends ConvTransposeNd<L>> extends FilterLayer<L, ConvTransposeNd.Plan> {

    /** A layer's transposed convolution of inputs of one shape. */
    record Plan(TransposedConvolutionGeometry geometry, Shape output) {}

    private int[] outputPaddings = {0};
    ConvTransposeNd(int inChannels, int outChannels, int[] kernel, int groups, boolean withBias, Generator random) {
        super(inChannels, outChannels, kernel, groups, withBias, false, random);
    }

    /**
     * Sets by how many elements the output is longer at its end: with a stride, several lengths of the output belong to one
     * of the input.
     *
     * @param padding one for all dimensions, or one for each; not negative, and less than the stride when the layer is used
     * @return this
     */
    public final L outputPadding(int... padding) {
        geometry(1, Spatial.ones(kernel.length), strides(), paddings(), dilations()).outputPadding(padding);
        outputPaddings = padding.clone();
        return changed();
    }

    @Override
    public final Tensor forward(Tensor x) {
        Plan plan = planOf(x.shape());
        return TransposedConvolutionOperation.apply(plan.geometry, plan.output, x, weight(), bias());
    }

    @Override
    protected final long multiplyAdds(Shape x, Shape y) {
        return (long) weight().size() * (x.size() / inChannels);
    }

    @Override
    final void check(int[] strides, int[] paddings, int[] dilations) {
        geometry(1, Spatial.ones(kernel.length), strides, paddings, dilations);
    }

    @Override
    final Plan plan(Shape x) {
        Spatial.check(getClass(), x, inChannels, kernel.length);
        TransposedConvolutionGeometry g = geometry(x.size(0), Spatial.sizes(x), strides(), paddings(), dilations())
                .outputPadding(outputPaddings);
        ConvolutionGeometry adjoint = g.adjoint();
        return new Plan(g, Spatial.shapeOfInput(kernel.length, adjoint.n(), outChannels, adjoint.depth(),
                adjoint.height(), adjoint.width()));
    }

    private TransposedConvolutionGeometry geometry(int n, int[] in, int[] strides, int[] paddings, int[] dilations) {
        TransposedConvolutionGeometry plain = switch (kernel.length) {
            case 1 -> TransposedConvolutionGeometry.of1d(n, inChannels, in[0], outChannels, kernel[0]);
            case 2 -> TransposedConvolutionGeometry.of2d(n, inChannels, in[0], in[1], outChannels, kernel[0],
                    kernel[1]);
            default -> TransposedConvolutionGeometry.of3d(n, inChannels, in[0], in[1], in[2], outChannels, kernel[0],
                    kernel[1], kernel[2]);
        };
        return plain.groups(groups).stride(strides).padding(paddings).dilation(dilations);
    }
}
