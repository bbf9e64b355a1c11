package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Where;
import lanewise.kernels.layout.GatherElements;
import lanewise.kernels.layout.OneHot;
import lanewise.kernels.layout.Strided;
import lanewise.kernels.reduction.Reduction;

/** Operators that choose elements: by a condition, by number, by position. */
final class SelectionAdapter {

    private SelectionAdapter() {}

    static List<OnnxTensor> where(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor a = inputs.get(1);
        OnnxTensor b = inputs.get(2);
        List<Integer> shape = BinaryAdapter.meeting(BinaryAdapter.meeting(a.shape(), b.shape()), inputs.get(0).shape());
        float[] y = new float[Shapes.product(shape)];
        Where.forward(workers, y.length, BinaryAdapter.expanded(workers, inputs.get(0), shape), 0,
                BinaryAdapter.expanded(workers, a, shape), 0, BinaryAdapter.expanded(workers, b, shape), 0, y, 0);
        return List.of(a.floats() == null ? OnnxTensor.ofWhole(shape, y) : OnnxTensor.of(shape, y));
    }

    /** The upper or lower triangle of each matrix; the rest becomes 0. */
    static List<OnnxTensor> triangle(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rows = x.size(x.shape().size() - 2);
        int cols = x.size(x.shape().size() - 1);
        int k = inputs.size() > 1 ? (int) inputs.get(1).integers()[0] : 0;
        boolean upper = node.integer("upper", 1) == 1;
        float[] kept = new float[x.numbers().length];
        for (int i = 0; i < kept.length; i++) {
            int right = i % cols - i / cols % rows;
            kept[i] = (upper ? right >= k : right <= k) ? 1 : 0;
        }
        float[] y = new float[kept.length];
        Where.forward(workers, y.length, kept, 0, x.numbers(), 0, new float[y.length], 0, y, 0);
        return List.of(x.floats() == null ? OnnxTensor.ofWhole(x.shape(), y) : OnnxTensor.of(x.shape(), y));
    }

    /** Numbers out of range, which the kernel refuses, give rows without a one here. */
    static List<OnnxTensor> oneHot(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor numbers = inputs.get(0);
        int depth = (int) inputs.get(1).numbers()[0];
        float[] values = inputs.get(2).numbers();
        List<Integer> shape = new ArrayList<>(numbers.shape());
        int axis = Math.floorMod(node.integer("axis", -1), shape.size() + 1);
        shape.add(axis, depth);
        int[] index = new int[numbers.numbers().length];
        for (int i = 0; i < index.length; i++) {
            int number = (int) numbers.numbers()[i];
            if (number < -depth || number >= depth) {
                throw new IllegalArgumentException("OneHot: number " + number + " is not among " + depth);
            }
            index[i] = Math.floorMod(number, depth);
        }
        float[] y = new float[Shapes.product(shape)];
        OneHot.forward(workers, Shapes.product(shape.subList(0, axis)), depth,
                Shapes.product(shape.subList(axis + 1, shape.size())), values[0], values[1], index, 0, y, 0);
        return List.of(inputs.get(2).floats() == null ? OnnxTensor.ofWhole(shape, y) : OnnxTensor.of(shape, y));
    }

    /** One at the first greatest element along an axis. */
    static List<OnnxTensor> hardmax(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int axis = Math.floorMod(node.integer("axis", -1), x.shape().size());
        int n = x.size(axis);
        float[] rows = ReductionAdapter.rows(workers, x, ReducedAxes.of(List.of(axis), true, x.shape()));
        int[] index = new int[rows.length / n];
        Reduction.argMaxRows(workers, index.length, n, rows, 0, n, index, 0);
        float[] y = new float[rows.length];
        OneHot.forward(workers, Shapes.product(x.shape().subList(0, axis)), n,
                Shapes.product(x.shape().subList(axis + 1, x.shape().size())), 0, 1, index, 0, y, 0);
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    static List<OnnxTensor> gatherElements(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int axis = Math.floorMod(node.integer("axis", 0), x.shape().size());
        int n = x.size(axis);
        int[] index = Arrays.stream(inputs.get(1).sizes()).map(i -> Math.floorMod(i, n)).toArray();
        return List.of(gathered(workers, x, axis, inputs.get(1).shape(), index));
    }

    /** Positions along axes; starts, ends, axes and steps are attributes up to version 9, and then inputs. */
    static List<OnnxTensor> slice(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rank = x.shape().size();
        int[] starts = inputs.size() > 1 ? clamped(inputs.get(1)) : node.integers("starts");
        int[] ends = inputs.size() > 2 ? clamped(inputs.get(2)) : node.integers("ends");
        int[] axes = inputs.size() > 3 && inputs.get(3) != null
                ? inputs.get(3).sizes()
                : node.integers("axes", IntStream.range(0, starts.length).toArray());
        OnnxTensor y = x;
        for (int i = 0; i < axes.length; i++) {
            int axis = Math.floorMod(axes[i], rank);
            int n = x.size(axis);
            int step = inputs.size() > 4 ? inputs.get(4).sizes()[i] : 1;
            int least = step > 0 ? 0 : -1;
            int most = step > 0 ? n : n - 1;
            int from = Math.clamp(starts[i] < 0 ? (long) starts[i] + n : starts[i], Math.max(least, 0), most);
            int to = Math.clamp(ends[i] < 0 ? (long) ends[i] + n : ends[i], least, most);
            int count = Math.max(0, Math.ceilDiv(to - from, step));
            y = positions(workers, y, axis, count, j -> from + j * step);
        }
        return List.of(y);
    }

    private static int[] clamped(OnnxTensor x) {
        return Arrays.stream(x.integers()).mapToInt(v -> Math.clamp(v, Integer.MIN_VALUE, Integer.MAX_VALUE)).toArray();
    }

    /** Positions before and after; pads and value are attributes up to version 10, and then inputs. */
    static List<OnnxTensor> pad(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rank = x.shape().size();
        String mode = node.text("mode", "constant");
        int[] pads = inputs.size() > 1 ? inputs.get(1).sizes() : node.integers("pads");
        float value = inputs.size() > 2 && inputs.get(2) != null
                ? inputs.get(2).numbers()[0]
                : node.number("value", 0);
        int[] axes = inputs.size() > 3 ? inputs.get(3).sizes() : IntStream.range(0, rank).toArray();
        OnnxTensor y = x;
        for (int i = 0; i < axes.length; i++) {
            int axis = Math.floorMod(axes[i], rank);
            int n = x.size(axis);
            int before = pads[i];
            int count = before + n + pads[axes.length + i];
            y = switch (mode) {
                case "constant" -> constant(workers, y, axis, before, count, value);
                case "edge" -> positions(workers, y, axis, count, j -> Math.clamp(j - before, 0, n - 1));
                case "reflect" -> positions(workers, y, axis, count, j -> {
                    int folded = Math.floorMod(j - before, Math.max(1, 2 * n - 2));
                    return Math.min(folded, 2 * n - 2 - folded);
                });
                case "wrap" -> positions(workers, y, axis, count, j -> Math.floorMod(j - before, n));
                default -> throw new IllegalArgumentException("Pad: mode = " + mode);
            };
        }
        return List.of(y);
    }

    private static OnnxTensor constant(Workers workers, OnnxTensor x, int axis, int before, int count, float value) {
        List<Integer> shape = new ArrayList<>(x.shape());
        shape.set(axis, count);
        float[] y = new float[Shapes.product(shape)];
        Arrays.fill(y, value);
        int from = Math.max(0, -before);
        int to = Math.min(x.size(axis), count - before);
        Strided.copy(workers, LayoutAdapter.layout(x.shape()).slice(axis, from, to), x.floats(), 0,
                LayoutAdapter.layout(shape).slice(axis, from + before, to + before), y, 0);
        return OnnxTensor.of(shape, y);
    }

    /** The tensor of elements whose position along an axis is a function of that in the result. */
    private static OnnxTensor positions(Workers workers, OnnxTensor x, int axis, int count, IntUnaryOperator from) {
        List<Integer> shape = new ArrayList<>(x.shape());
        shape.set(axis, count);
        int inner = Shapes.product(shape.subList(axis + 1, shape.size()));
        int[] index = new int[Shapes.product(shape)];
        for (int i = 0; i < index.length; i++) {
            index[i] = from.applyAsInt(i / inner % count);
        }
        return gathered(workers, x, axis, shape, index);
    }

    /** Elements by number along an axis; the kernel wants the others whole, ONNX takes the first ones where index is smaller. */
    private static OnnxTensor gathered(Workers workers, OnnxTensor x, int axis, List<Integer> shape, int[] index) {
        List<Integer> cut = new ArrayList<>(shape);
        cut.set(axis, x.size(axis));
        float[] part = new float[Shapes.product(cut)];
        var view = LayoutAdapter.layout(x.shape());
        for (int i = 0; i < cut.size(); i++) {
            view = view.slice(i, 0, cut.get(i));
        }
        Strided.copy(workers, view, x.numbers(), 0, LayoutAdapter.layout(cut), part, 0);
        float[] y = new float[index.length];
        GatherElements.forward(workers, Shapes.product(cut.subList(0, axis)), x.size(axis),
                Shapes.product(cut.subList(axis + 1, cut.size())), shape.get(axis), part, 0, index, 0, y, 0);
        return x.floats() == null ? OnnxTensor.ofWhole(shape, y) : OnnxTensor.of(shape, y);
    }
}
