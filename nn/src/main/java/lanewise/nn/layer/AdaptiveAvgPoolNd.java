package lanewise.nn.layer;

import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.AdaptiveAveragePoolingOperation;

/** Adaptive average pooling in any dimension. */
abstract class AdaptiveAvgPoolNd extends Module {

    /** The pooling of inputs of one shape. */
    private record Plan(AdaptivePoolingGeometry geometry, Shape output) {}

    private final int[] out;
    private final PerShape<Plan> plans = new PerShape<>(this::plan);

    AdaptiveAvgPoolNd(int... out) {
        this.out = out;
        geometry(1, 1, Spatial.ones(out.length)); // refuses wrong numbers
    }

    @Override
    public final Tensor forward(Tensor x) {
        Plan plan = plans.of(x.shape());
        return AdaptiveAveragePoolingOperation.apply(plan.geometry, plan.output, x);
    }

    private Plan plan(Shape x) {
        Spatial.check(getClass(), x, out.length);
        int[] sizes = x.toArray();
        System.arraycopy(out, 0, sizes, 2, out.length);
        return new Plan(geometry(x.size(0), x.size(1), Spatial.sizes(x)), Shape.of(sizes));
    }

    private AdaptivePoolingGeometry geometry(int n, int c, int[] in) {
        return switch (out.length) {
            case 1 -> AdaptivePoolingGeometry.of1d(n, c, in[0], out[0]);
            case 2 -> AdaptivePoolingGeometry.of2d(n, c, in[0], in[1], out[0], out[1]);
            default -> AdaptivePoolingGeometry.of3d(n, c, in[0], in[1], in[2], out[0], out[1], out[2]);
        };
    }
}
