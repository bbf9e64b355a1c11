package lanewise.nn.layer;

import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.AdaptiveAveragePoolingOperation;

/**
 * Means over windows that divide images of any size into a given number of parts: from [batch, channels, height, width] to
 * [batch, channels, outH, outW]. With one part it is the mean of each channel.
 */
public final class AdaptiveAvgPool2d extends Module {

    /** The pooling of inputs of one shape. */
    private record Plan(AdaptivePoolingGeometry geometry, Shape output) {}

    private final int outH;
    private final int outW;
    private final PerShape<Plan> plans = new PerShape<>(this::plan);

    /**
     * A layer with square results.
     *
     * @param out height and width of the output, at least 1
     */
    public AdaptiveAvgPool2d(int out) {
        this(out, out);
    }

    /**
     * A layer.
     *
     * @param outH height of the output, at least 1
     * @param outW width of the output, at least 1
     */
    public AdaptiveAvgPool2d(int outH, int outW) {
        this.outH = outH;
        this.outW = outW;
        AdaptivePoolingGeometry.of2d(1, 1, 1, 1, outH, outW); // refuses wrong numbers
    }

    @Override
    public Tensor forward(Tensor x) {
        Plan plan = plans.of(x.shape());
        return AdaptiveAveragePoolingOperation.apply(plan.geometry, plan.output, x);
    }

    private Plan plan(Shape x) {
        Images.check("AdaptiveAvgPool2d", x);
        return new Plan(AdaptivePoolingGeometry.of2d(x.size(0), x.size(1), x.size(2), x.size(3), outH, outW),
                Shape.of(x.size(0), x.size(1), outH, outW));
    }
}
