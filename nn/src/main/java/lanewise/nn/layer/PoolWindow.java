package lanewise.nn.layer;

import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.nn.Shape;

/** The windows of a pooling layer, and their geometry over inputs of any shape. */
final class PoolWindow {

    /** The pooling of inputs of one shape. */
    record Plan(PoolingGeometry geometry, Shape output) {}

    private final String layer;
    private final int kernelH;
    private final int kernelW;
    private int[] strides;
    private int[] paddings = {0};
    private int[] dilations = {1};
    private boolean ceilMode;
    private PerShape<Plan> plans = new PerShape<>(this::plan);

    PoolWindow(String layer, int kernelH, int kernelW) {
        this.layer = layer;
        this.kernelH = kernelH;
        this.kernelW = kernelW;
        strides = new int[]{kernelH, kernelW};
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
        Images.check(layer, x);
        PoolingGeometry g = PoolingGeometry.of2d(x.size(0), x.size(1), x.size(2), x.size(3), kernelH, kernelW)
                .stride(strides).padding(paddings).dilation(dilations);
        if (ceilMode) {
            g = g.ceilMode();
        }
        return new Plan(g, Shape.of(g.n(), g.c(), g.outH(), g.outW()));
    }

    /** A pooling with this window: made to check numbers. */
    private PoolingGeometry unit() {
        return PoolingGeometry.of2d(1, 1, 1, 1, kernelH, kernelW);
    }
}
