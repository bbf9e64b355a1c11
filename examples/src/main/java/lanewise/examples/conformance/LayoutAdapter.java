package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.embedding.Embedding;
import lanewise.kernels.layout.Layout;
import lanewise.kernels.layout.Strided;

/** Operators that are a copy or an addition between two views. */
final class LayoutAdapter {

    private LayoutAdapter() {}

    /** Axes in another order; without any, in the opposite one. */
    static List<OnnxTensor> transpose(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rank = x.shape().size();
        int[] axes = node.integers("perm", IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
        List<Integer> shape = Arrays.stream(axes).mapToObj(x::size).toList();
        float[] y = new float[x.floats().length];
        Strided.copy(workers, layout(x.shape()).permute(axes), x.floats(), 0, layout(shape), y, 0);
        return List.of(OnnxTensor.of(shape, y));
    }

    /** Tensors one after the other along an axis. */
    static List<OnnxTensor> concat(Workers workers, Node node, List<OnnxTensor> inputs) {
        List<Integer> shape = new ArrayList<>(inputs.get(0).shape());
        int axis = Math.floorMod(node.integer("axis", 0), shape.size());
        shape.set(axis, inputs.stream().mapToInt(x -> x.size(axis)).sum());
        float[] y = new float[Shapes.product(shape)];
        int from = 0;
        for (OnnxTensor x : inputs) {
            int to = from + x.size(axis);
            Strided.copy(workers, layout(x.shape()), x.floats(), 0, layout(shape).slice(axis, from, to), y, 0);
            from = to;
        }
        return List.of(OnnxTensor.of(shape, y));
    }

    /** Parts of a tensor along an axis: of given sizes, or as many as there are outputs, the last one smaller. */
    static List<OnnxTensor> split(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int axis = Math.floorMod(node.integer("axis", 0), x.shape().size());
        int parts = node.integer("num_outputs", node.outputs());
        int each = Math.ceilDiv(x.size(axis), parts);
        int[] sizes = inputs.size() > 1
                ? inputs.get(1).sizes()
                : node.integers("split",
                        IntStream.range(0, parts).map(i -> Math.min(each, x.size(axis) - i * each)).toArray());
        List<OnnxTensor> results = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            List<Integer> shape = new ArrayList<>(x.shape());
            shape.set(axis, size);
            float[] y = new float[Shapes.product(shape)];
            Strided.copy(workers, layout(x.shape()).slice(axis, from, from + size), x.floats(), 0, layout(shape), y, 0);
            results.add(OnnxTensor.of(shape, y));
            from += size;
        }
        return results;
    }

    /** A tensor repeated as a whole along each axis: every axis is seen as two, of which the first is of size 1. */
    static List<OnnxTensor> tile(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int[] repeats = inputs.get(1).sizes();
        List<Integer> apart = new ArrayList<>();
        List<Integer> repeated = new ArrayList<>();
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < repeats.length; axis++) {
            apart.addAll(List.of(1, x.size(axis)));
            repeated.addAll(List.of(repeats[axis], x.size(axis)));
            shape.add(repeats[axis] * x.size(axis));
        }
        float[] y = new float[Shapes.product(shape)];
        Strided.copy(workers, layout(apart).broadcast(sizes(repeated)), x.floats(), 0, layout(repeated), y, 0);
        return List.of(OnnxTensor.of(shape, y));
    }

    /** Rows by number along the first axis. */
    static List<OnnxTensor> gather(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int axis = node.integer("axis", 0);
        List<Integer> order = new ArrayList<>(IntStream.range(0, x.shape().size()).boxed().toList());
        order.remove(axis);
        order.add(0, axis);
        List<Integer> firstShape = order.stream().map(x::size).toList();
        float[] first = new float[x.floats().length];
        Strided.copy(workers, layout(x.shape()).permute(sizes(order)), x.floats(), 0, layout(firstShape), first, 0);
        int rows = x.size(axis);
        int cols = first.length / rows;
        int[] index = Arrays.stream(inputs.get(1).sizes()).map(i -> Math.floorMod(i, rows)).toArray();
        float[] found = new float[index.length * cols];
        Embedding.forward(workers, index.length, rows, cols, first, 0, index, 0, found, 0);
        // [indices..., others...] with the indices moved to where the axis was.
        List<Integer> others = new ArrayList<>(x.shape());
        others.remove(axis);
        int k = inputs.get(1).shape().size();
        List<Integer> foundShape = new ArrayList<>(inputs.get(1).shape());
        foundShape.addAll(others);
        List<Integer> back = new ArrayList<>();
        IntStream.range(0, axis).forEach(i -> back.add(k + i));
        IntStream.range(0, k).forEach(back::add);
        IntStream.range(axis, others.size()).forEach(i -> back.add(k + i));
        List<Integer> shape = back.stream().map(foundShape::get).toList();
        float[] y = new float[found.length];
        Strided.copy(workers, layout(foundShape).permute(sizes(back)), found, 0, layout(shape), y, 0);
        return List.of(OnnxTensor.of(shape, y));
    }

    /** A tensor repeated along axes of size 1, in both directions: what is larger counts. */
    static List<OnnxTensor> expand(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int[] wanted = inputs.get(1).sizes();
        int rank = Math.max(wanted.length, x.shape().size());
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int own = axis + x.shape().size() - rank;
            int other = axis + wanted.length - rank;
            shape.add(Math.max(own < 0 ? 1 : x.size(own), other < 0 ? 1 : wanted[other]));
        }
        float[] y = new float[Shapes.product(shape)];
        Strided.copy(workers, layout(x.shape()).broadcast(sizes(shape)), x.floats(), 0, layout(shape), y, 0);
        return List.of(OnnxTensor.of(shape, y));
    }

    /** Sums over axes. */
    static List<OnnxTensor> reduceSum(Workers workers, Node node, List<OnnxTensor> inputs) {
        ReducedAxes axes = ReducedAxes.of(node, inputs);
        OnnxTensor x = inputs.get(0);
        float[] y = new float[Shapes.product(axes.shape())];
        Strided.add(workers, layout(x.shape()), x.floats(), 0, layout(axes.kept()).broadcast(sizes(x.shape())), y, 0);
        return List.of(OnnxTensor.of(axes.shape(), y));
    }

    /** Squares of an image become channels. */
    static List<OnnxTensor> spaceToDepth(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int b = node.integer("blocksize", 1);
        int n = x.size(0);
        int c = x.size(1);
        int h = x.size(2) / b;
        int w = x.size(3) / b;
        float[] y = new float[x.floats().length];
        Strided.copy(workers, Layout.of(n, c, h, b, w, b).permute(0, 3, 5, 1, 2, 4), x.floats(), 0,
                Layout.of(n, b, b, c, h, w), y, 0);
        return List.of(OnnxTensor.of(List.of(n, b * b * c, h, w), y));
    }

    static Layout layout(List<Integer> shape) {
        return Layout.of(sizes(shape));
    }

    static int[] sizes(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }
}
