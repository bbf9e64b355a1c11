package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.PRelu;
import lanewise.kernels.elementwise.Binary;
import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.layout.Strided;

/** Functions of two tensors, or of several, one after the other, which are expanded to the shape in which they meet. */
final class BinaryAdapter implements OperatorAdapter {

    private final Kernel kernel;
    private final boolean compares;

    private BinaryAdapter(Kernel kernel) {
        this(kernel, false);
    }

    private BinaryAdapter(Kernel kernel, boolean compares) {
        this.kernel = kernel;
        this.compares = compares;
    }

    static BinaryAdapter of(BinaryFunction function) {
        return new BinaryAdapter((workers, n, a, b, y) -> Binary.forward(workers, function, n, a, 0, b, 0, y, 0),
                function.isComparison());
    }

    /** A comparison with its operands exchanged. */
    static BinaryAdapter exchanged(BinaryFunction function) {
        return new BinaryAdapter((workers, n, a, b, y) -> Binary.forward(workers, function, n, b, 0, a, 0, y, 0), true);
    }

    /** A slope for each element; up to version 6 of the operator one for each channel. */
    static List<OnnxTensor> prelu(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        OnnxTensor slope = inputs.get(1);
        float[] y = new float[x.floats().length];
        if (slope.shape().size() == 1 && x.shape().size() > 1 && slope.size(0) == x.size(1)) {
            int c = x.size(1);
            PRelu.forward(workers, x.size(0), c, y.length / (x.size(0) * c), x.floats(), 0, slope.floats(), 0, y, 0);
        } else {
            PRelu.forward(workers, 1, y.length, 1, x.floats(), 0, expanded(workers, slope, x.shape()), 0, y, 0);
        }
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    static BinaryAdapter sum() {
        return new BinaryAdapter((workers, n, a, b, y) -> Elementwise.add(workers, n, a, 0, b, 0, y, 0));
    }

    static BinaryAdapter product() {
        return new BinaryAdapter((workers, n, a, b, y) -> Elementwise.multiply(workers, n, a, 0, b, 0, y, 0));
    }

    /** The mean of several tensors. */
    static List<OnnxTensor> mean(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor sum = sum().run(workers, node, inputs).get(0);
        Elementwise.scale(workers, sum.floats().length, 1f / inputs.size(), sum.floats(), 0, sum.floats(), 0);
        return List.of(sum);
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor result = inputs.get(0);
        for (OnnxTensor other : inputs.subList(1, inputs.size())) {
            List<Integer> shape = meeting(result.shape(), other.shape());
            float[] y = new float[Shapes.product(shape)];
            kernel.run(workers, y.length, expanded(workers, result, shape), expanded(workers, other, shape), y);
            result = compares || result.floats() == null ? OnnxTensor.ofWhole(shape, y) : OnnxTensor.of(shape, y);
        }
        return List.of(result);
    }

    static List<Integer> meeting(List<Integer> a, List<Integer> b) {
        int rank = Math.max(a.size(), b.size());
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int ofA = axis + a.size() - rank;
            int ofB = axis + b.size() - rank;
            int sizeA = ofA < 0 ? 1 : a.get(ofA);
            shape.add(sizeA == 1 && ofB >= 0 ? b.get(ofB) : sizeA);
        }
        return shape;
    }

    static float[] expanded(Workers workers, OnnxTensor x, List<Integer> shape) {
        float[] y = new float[Shapes.product(shape)];
        Strided.copy(workers, LayoutAdapter.layout(x.shape()).broadcast(LayoutAdapter.sizes(shape)), x.numbers(), 0,
                LayoutAdapter.layout(shape), y, 0);
        return y;
    }

    @FunctionalInterface
    private interface Kernel {
        void run(Workers workers, int n, float[] a, float[] b, float[] y);
    }
}
