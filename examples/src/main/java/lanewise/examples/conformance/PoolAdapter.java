package lanewise.examples.conformance;

import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.PoolingGeometry;

/** The operators that pool: each its kernel, with windows from attributes or over the whole plane. */
final class PoolAdapter implements OperatorAdapter {

    /** One pooling. */
    @FunctionalInterface
    private interface Kernel {
        List<OnnxTensor> run(Workers workers, Node node, PoolingGeometry g, float[] x);
    }

    private final boolean global;
    private final Kernel kernel;

    private PoolAdapter(boolean global, Kernel kernel) {
        this.global = global;
        this.kernel = kernel;
    }

    static PoolAdapter max() {
        return new PoolAdapter(false, PoolAdapter::max);
    }

    static PoolAdapter average() {
        return new PoolAdapter(false, PoolAdapter::average);
    }

    static PoolAdapter lp() {
        return new PoolAdapter(false, PoolAdapter::lp);
    }

    static PoolAdapter globalAverage() {
        return new PoolAdapter(true, PoolAdapter::average);
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        return kernel.run(workers, node, global
                ? global(x)
                : PoolingGeometry.of(x.size(0), x.size(1), WindowAttributes.of(node, x.spatial())), x.floats());
    }

    private static List<OnnxTensor> max(Workers workers, Node node, PoolingGeometry g, float[] x) {
        float[] y = new float[g.outputLength()];
        int[] argmax = new int[y.length];
        MaxPooling.forward(workers, g, x, 0, y, 0, argmax, 0);
        int order = node.integer("storage_order", 0);
        long[] indices = new long[y.length];
        for (int i = 0; i < y.length; i++) {
            indices[i] = PlaneIndices.ofTensor(g, i, argmax[i], order == 1);
        }
        return List.of(result(g, y), OnnxTensor.of(result(g, y).shape(), indices));
    }

    private static List<OnnxTensor> average(Workers workers, Node node, PoolingGeometry g, float[] x) {
        float[] y = new float[g.outputLength()];
        AveragePooling.forward(workers, g, node.integer("count_include_pad", 0) == 1, x, 0, y, 0);
        return List.of(result(g, y));
    }

    private static List<OnnxTensor> lp(Workers workers, Node node, PoolingGeometry g, float[] x) {
        float[] y = new float[g.outputLength()];
        LpPooling.forward(workers, g, node.integer("p", 2), x, 0, y, 0);
        return List.of(result(g, y));
    }

    private static OnnxTensor result(PoolingGeometry g, float... y) {
        int[] spatial = {g.outD(), g.outH(), g.outW()};
        return OnnxTensor.of(Shapes.of(g.n(), g.c(), Arrays.copyOfRange(spatial, 3 - g.rank(), 3)), y);
    }

    private static PoolingGeometry global(OnnxTensor x) {
        int[] in = x.spatial();
        return switch (in.length) {
            case 1 -> PoolingGeometry.global1d(x.size(0), x.size(1), in[0]);
            case 2 -> PoolingGeometry.global2d(x.size(0), x.size(1), in[0], in[1]);
            default -> PoolingGeometry.global3d(x.size(0), x.size(1), in[0], in[1], in[2]);
        };
    }
}
