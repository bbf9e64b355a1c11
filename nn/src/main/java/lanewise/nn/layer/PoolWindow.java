package lanewise.nn.layer;

import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.nn.Shape;

/** The windows of a pooling layer, and their geometry over inputs of any shape. */
final class PoolWindow {

    /** The pooling of inputs of one shape. */
    record Plan(PoolingGeometry geometry, Shape output) {}

    private final Class<?> layer;
    private final int[] kernel;
    private int[] strides;
    private int[] paddings = {0};
    private int[] dilations = {1};
    private boolean ceilMode;
    private PerShape<Plan> plans = new PerShape<>(this::plan);

    PoolWindow(Class<?> layer, int... kernel) {
        this.layer = layer;
        this.kernel = kernel;
        strides = kernel.clone();
        unit(); // refuses wrong numbers
    }

    void stride(int... stride) {
        unit().stride(stride);
        strides = stride.clone();
        plans = new PerShape<>(this::plan);
    }

    void padding(int... padding) {
        unit().padding(padding);
        paddings = padding.clone();
        plans = new PerShape<>(this::plan);
    }

    void dilation(int... dilation) {
        unit().dilation(dilation);
        dilations = dilation.clone();
        plans = new PerShape<>(this::plan);
    }

    void ceilMode() {
        ceilMode = true;
        plans = new PerShape<>(this::plan);
    }

    Plan over(Shape x) {
        return plans.of(x);
    }

    private Plan plan(Shape x) {
        Spatial.check(layer, x, kernel.length);
        PoolingGeometry g = geometry(x.size(0), x.size(1), Spatial.sizes(x)).stride(strides).padding(paddings)
                .dilation(dilations);
        if (ceilMode) {
            g = g.ceilMode();
        }
        return new Plan(g, Spatial.shape(kernel.length, g.n(), g.c(), g.depth(), g.height(), g.width()));
    }

    /** A pooling with this window: made to check numbers. */
    private PoolingGeometry unit() {
        return geometry(1, 1, Spatial.ones(kernel.length));
    }

    private PoolingGeometry geometry(int n, int c, int[] in) {
        return switch (kernel.length) {
            case 1 -> PoolingGeometry.of1d(n, c, in[0], kernel[0]);
            case 2 -> PoolingGeometry.of2d(n, c, in[0], in[1], kernel[0], kernel[1]);
            default -> PoolingGeometry.of3d(n, c, in[0], in[1], in[2], kernel[0], kernel[1], kernel[2]);
        };
    }
}
