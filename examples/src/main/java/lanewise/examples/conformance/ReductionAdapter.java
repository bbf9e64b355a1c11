package lanewise.examples.conformance;

import java.util.List;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.kernels.layout.Strided;
import lanewise.kernels.reduction.AxisReduction;
import lanewise.kernels.reduction.CumulativeSum;
import lanewise.kernels.reduction.Reduction;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.kernels.softmax.LogSumExp;

/** One number from all elements along some axes: these are brought to the end first, where they are rows. */
final class ReductionAdapter implements OperatorAdapter {

    private final Kernel kernel;

    private ReductionAdapter(Kernel kernel) {
        this.kernel = kernel;
    }

    static ReductionAdapter of(ReductionOperator operator) {
        return new ReductionAdapter(
                (workers, rows, n, x, y) -> AxisReduction.forward(workers, operator, rows, n, 1, x, 0, y, 0));
    }

    static ReductionAdapter logSumExp() {
        return new ReductionAdapter((workers, rows, n, x, y) -> LogSumExp.forward(workers, rows, n, 1, x, 0, y, 0));
    }

    static ReductionAdapter logSum() {
        return new ReductionAdapter((workers, rows, n, x, y) -> {
            AxisReduction.forward(workers, ReductionOperator.SUM, rows, n, 1, x, 0, y, 0);
            Unary.forward(workers, UnaryFunction.LOG, rows, y, 0, y, 0);
        });
    }

    /** The running sum; the axis is an input. */
    static List<OnnxTensor> cumulativeSum(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int axis = Math.floorMod(inputs.get(1).sizes()[0], x.shape().size());
        float[] y = new float[x.numbers().length];
        CumulativeSum.forward(workers, Shapes.product(x.shape().subList(0, axis)), x.size(axis),
                Shapes.product(x.shape().subList(axis + 1, x.shape().size())), node.integer("exclusive", 0) == 1,
                node.integer("reverse", 0) == 1, x.numbers(), 0, y, 0);
        return List.of(x.floats() == null ? OnnxTensor.ofWhole(x.shape(), y) : OnnxTensor.of(x.shape(), y));
    }

    /** The number of the first greatest element along one axis. */
    static List<OnnxTensor> argMax(Workers workers, Node node, List<OnnxTensor> inputs) {
        return arg(workers, node, inputs.get(0), 1);
    }

    static List<OnnxTensor> argMin(Workers workers, Node node, List<OnnxTensor> inputs) {
        return arg(workers, node, inputs.get(0), -1);
    }

    private static List<OnnxTensor> arg(Workers workers, Node node, OnnxTensor x, float sign) {
        int axis = Math.floorMod(node.integer("axis", 0), x.shape().size());
        ReducedAxes axes = ReducedAxes.of(List.of(axis), node.integer("keepdims", 1) == 1, x.shape());
        int n = x.size(axis);
        float[] rows = rows(workers, x, axes);
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= sign;
        }
        int[] index = new int[rows.length / n];
        Reduction.argMaxRows(workers, index.length, n, rows, 0, n, index, 0);
        return List.of(OnnxTensor.of(axes.shape(), IntStream.of(index).asLongStream().toArray()));
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        ReducedAxes axes = ReducedAxes.of(node, inputs);
        float[] y = new float[Shapes.product(axes.shape())];
        int n = axes.axes().stream().mapToInt(x::size).reduce(1, (a, b) -> a * b);
        kernel.run(workers, y.length, n, rows(workers, x, axes), y);
        return List.of(OnnxTensor.of(axes.shape(), y));
    }

    static float[] rows(Workers workers, OnnxTensor x, ReducedAxes axes) {
        int rank = x.shape().size();
        int[] order = IntStream
                .concat(IntStream.range(0, rank).filter(axis -> !axes.axes().contains(axis)),
                        axes.axes().stream().sorted().mapToInt(axis -> axis))
                .toArray();
        float[] rows = new float[x.floats().length];
        List<Integer> shape = IntStream.of(order).mapToObj(x::size).toList();
        Strided.copy(workers, LayoutAdapter.layout(x.shape()).permute(order), x.floats(), 0,
                LayoutAdapter.layout(shape),
                rows, 0);
        return rows;
    }

    /** Rows that lie one after the other. */
    @FunctionalInterface
    private interface Kernel {
        void run(Workers workers, int rows, int n, float[] x, float[] y);
    }
}
