package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Celu;
import lanewise.kernels.activation.Clip;
import lanewise.kernels.activation.Elu;
import lanewise.kernels.activation.Gelu;
import lanewise.kernels.activation.GeluTanh;
import lanewise.kernels.activation.LeakyRelu;
import lanewise.kernels.activation.Mish;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Selu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.activation.Softplus;
import lanewise.kernels.activation.Softsign;
import lanewise.kernels.activation.Tanh;
import lanewise.kernels.activation.ThresholdedRelu;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;

/** Activations: each element by itself, so the shape of the input is that of the output. */
final class ActivationAdapter implements OperatorAdapter {

    private final Kernel kernel;

    private ActivationAdapter(Kernel kernel) {
        this.kernel = kernel;
    }

    static ActivationAdapter relu() {
        return new ActivationAdapter((workers, node, n, x, y) -> Relu.forward(workers, n, x, 0, y, 0));
    }

    static ActivationAdapter sigmoid() {
        return new ActivationAdapter((workers, node, n, x, y) -> Sigmoid.forward(workers, n, x, 0, y, 0));
    }

    static ActivationAdapter tanh() {
        return new ActivationAdapter((workers, node, n, x, y) -> Tanh.forward(workers, n, x, 0, y, 0));
    }

    static ActivationAdapter softplus() {
        return new ActivationAdapter((workers, node, n, x, y) -> Softplus.forward(workers, n, x, 0, y, 0));
    }

    static ActivationAdapter softsign() {
        return new ActivationAdapter((workers, node, n, x, y) -> Softsign.forward(workers, n, x, 0, y, 0));
    }

    /** The bounds are attributes up to version 6, and then inputs; those that are left out are none. */
    static List<OnnxTensor> clip(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        float[] y = new float[x.floats().length];
        float min = bound(inputs, 1, node.number("min", Float.NEGATIVE_INFINITY));
        float max = bound(inputs, 2, node.number("max", Float.POSITIVE_INFINITY));
        Clip.forward(workers, y.length, min, max, x.floats(), 0, y, 0);
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    private static float bound(List<OnnxTensor> inputs, int i, float attribute) {
        return i < inputs.size() && inputs.get(i) != null ? inputs.get(i).floats()[0] : attribute;
    }

    static ActivationAdapter elu() {
        return new ActivationAdapter(
                (workers, node, n, x, y) -> Elu.forward(workers, n, node.number("alpha", 1f), x, 0, y, 0));
    }

    static ActivationAdapter of(UnaryFunction function) {
        return new ActivationAdapter((workers, node, n, x, y) -> Unary.forward(workers, function, n, x, 0, y, 0));
    }

    static ActivationAdapter celu() {
        return new ActivationAdapter(
                (workers, node, n, x, y) -> Celu.forward(workers, n, node.number("alpha", 1f), x, 0, y, 0));
    }

    /** The constants are attributes with defaults, which the kernel has. */
    static ActivationAdapter selu() {
        return new ActivationAdapter((workers, node, n, x, y) -> {
            float alpha = node.number("alpha", Selu.ALPHA);
            float scale = node.number("gamma", Selu.SCALE);
            if (alpha == Selu.ALPHA && scale == Selu.SCALE) {
                Selu.forward(workers, n, x, 0, y, 0);
            } else {
                Elu.forward(workers, n, alpha, x, 0, y, 0);
                for (int i = 0; i < n; i++) {
                    y[i] *= scale;
                }
            }
        });
    }

    static ActivationAdapter gelu() {
        return new ActivationAdapter((workers, node, n, x, y) -> {
            if (node.text("approximate", "none").equals("tanh")) {
                GeluTanh.forward(workers, n, x, 0, y, 0);
            } else {
                Gelu.forward(workers, n, x, 0, y, 0);
            }
        });
    }

    static ActivationAdapter mish() {
        return new ActivationAdapter((workers, node, n, x, y) -> Mish.forward(workers, n, x, 0, y, 0));
    }

    static ActivationAdapter thresholdedRelu() {
        return new ActivationAdapter(
                (workers, node, n, x, y) -> ThresholdedRelu.forward(workers, n, node.number("alpha", 1f), x, 0, y, 0));
    }

    static ActivationAdapter leakyRelu() {
        return new ActivationAdapter(
                (workers, node, n, x, y) -> LeakyRelu.forward(workers, n, node.number("alpha", 0.01f), x, 0, y, 0));
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        float[] x = inputs.get(0).floats();
        float[] y = new float[x.length];
        kernel.run(workers, node, x.length, x, y);
        return List.of(OnnxTensor.of(inputs.get(0).shape(), y));
    }

    @FunctionalInterface
    private interface Kernel {
        void run(Workers workers, Node node, int n, float[] x, float[] y);
    }
}
