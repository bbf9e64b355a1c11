package lanewise.nn.layer;

import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.ConvolutionOperation;

/**
 * The convolution in any dimension.
 *
 * @param <L> the layer
 */
abstract class ConvNd<L extends ConvNd<L>> extends FilterLayer<L, ConvNd.Plan> {

    /** A layer's convolution of inputs of one shape. */
    record Plan(ConvolutionGeometry geometry, Shape output) {}

    ConvNd(int inChannels, int outChannels, int[] kernel, int groups, boolean withBias, Generator random) {
        super(inChannels, outChannels, kernel, groups, withBias, true, random);
    }

    @Override
    public final Tensor forward(Tensor x) {
        Plan plan = planOf(x.shape());
        return ConvolutionOperation.apply(plan.geometry, plan.output, x, weight(), bias());
    }

    @Override
    protected final long multiplyAdds(Shape x, Shape y) {
        return (long) weight().size() * (y.size() / outChannels);
    }

    @Override
    final void check(int[] strides, int[] paddings, int[] dilations) {
        geometry(1, Spatial.ones(kernel.length), strides, paddings, dilations);
    }

    @Override
    final Plan plan(Shape x) {
        Spatial.check(getClass(), x, inChannels, kernel.length);
        ConvolutionGeometry g = geometry(x.size(0), Spatial.sizes(x), strides(), paddings(), dilations());
        return new Plan(g,
                Spatial.shape(kernel.length, g.n(), outChannels, g.depth(), g.height(), g.width()));
    }

    private ConvolutionGeometry geometry(int n, int[] in, int[] strides, int[] paddings, int[] dilations) {
        ConvolutionGeometry plain = switch (kernel.length) {
            case 1 -> ConvolutionGeometry.of1d(n, inChannels, in[0], outChannels, kernel[0]);
            case 2 -> ConvolutionGeometry.of2d(n, inChannels, in[0], in[1], outChannels, kernel[0], kernel[1]);
            default -> ConvolutionGeometry.of3d(n, inChannels, in[0], in[1], in[2], outChannels, kernel[0], kernel[1],
                    kernel[2]);
        };
        return plain.groups(groups).stride(strides).padding(paddings).dilation(dilations);
    }
}
