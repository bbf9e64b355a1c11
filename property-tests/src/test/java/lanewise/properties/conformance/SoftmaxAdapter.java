package lanewise.properties.conformance;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.Softmax;

/** Softmax and its logarithm along one axis. */
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
        int axis = Math.floorMod(node.integer("axis", -1), x.shape().size());
        int outer = Shapes.product(x.shape().subList(0, axis));
        int inner = Shapes.product(x.shape().subList(axis + 1, x.shape().size()));
        float[] y = new float[x.floats().length];
        if (log) {
            LogSoftmax.forward(workers, outer, x.size(axis), inner, x.floats(), 0, y, 0);
        } else {
            Softmax.forward(workers, outer, x.size(axis), inner, x.floats(), 0, y, 0);
        }
        return List.of(OnnxTensor.of(x.shape(), y));
    }
}
