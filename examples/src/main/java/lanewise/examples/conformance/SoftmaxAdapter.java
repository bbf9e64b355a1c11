package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.Softmax;

/** Softmax and its logarithm along one axis, or over the axes from one on. */
final class SoftmaxAdapter implements OperatorAdapter {

    private final boolean log;

    private SoftmaxAdapter(boolean log) {
        this.log = log;
    }

    static SoftmaxAdapter softmax() {
        return new SoftmaxAdapter(false);
    }

    static SoftmaxAdapter logSoftmax() {
        return new SoftmaxAdapter(true);
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        // Up to version 12 all axes from one on were a row.
        boolean isFlat = node.opset() < 13;
        int axis = Math.floorMod(node.integer("axis", isFlat ? 1 : -1), x.shape().size());
        int outer = Shapes.product(x.shape().subList(0, axis));
        int after = Shapes.product(x.shape().subList(axis + 1, x.shape().size()));
        int n = isFlat ? x.size(axis) * after : x.size(axis);
        int inner = isFlat ? 1 : after;
        float[] y = new float[x.floats().length];
        if (log) {
            LogSoftmax.forward(workers, outer, n, inner, x.floats(), 0, y, 0);
        } else {
            Softmax.forward(workers, outer, n, inner, x.floats(), 0, y, 0);
        }
        return List.of(OnnxTensor.of(x.shape(), y));
    }
}
