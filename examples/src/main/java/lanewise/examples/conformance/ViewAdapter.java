package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;

/** The same elements in another shape. */
final class ViewAdapter implements OperatorAdapter {

    private final boolean remove;

    private ViewAdapter(boolean remove) {
        this.remove = remove;
    }

    /** Removes axes. */
    static ViewAdapter squeeze() {
        return new ViewAdapter(true);
    }

    /** Inserts axes. */
    static ViewAdapter unsqueeze() {
        return new ViewAdapter(false);
    }

    static List<OnnxTensor> identity(Workers workers, Node node, List<OnnxTensor> inputs) {
        return List.of(inputs.get(0));
    }

    /** A tensor that is part of the model. */
    static List<OnnxTensor> constant(Workers workers, Node node, List<OnnxTensor> inputs) {
        return List.of(node.tensor("value"));
    }

    /** A tensor of one number. */
    static List<OnnxTensor> constantOfShape(Workers workers, Node node, List<OnnxTensor> inputs) {
        List<Integer> shape = Arrays.stream(inputs.get(0).sizes()).boxed().toList();
        float[] y = new float[Shapes.product(shape)];
        Arrays.fill(y, node.tensor("value").floats()[0]);
        return List.of(OnnxTensor.of(shape, y));
    }

    /** In evaluation nothing is dropped, and with a probability of 0; other results depend on NumPy's random numbers. */
    static List<OnnxTensor> dropout(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        node.integer("seed", 0);
        float probability = inputs.size() > 1 && inputs.get(1) != null
                ? inputs.get(1).floats()[0]
                : node.number("ratio", 0.5f);
        boolean training = inputs.size() > 2 && inputs.get(2).integers()[0] == 1;
        if (training && probability > 0) {
            throw new IllegalArgumentException("Dropout: a case with random numbers is to be skipped");
        }
        long[] all = new long[x.floats().length];
        Arrays.fill(all, 1);
        return List.of(x, OnnxTensor.of(x.shape(), all));
    }

    /** The sizes. */
    static List<OnnxTensor> shape(Workers workers, Node node, List<OnnxTensor> inputs) {
        List<Integer> shape = inputs.get(0).shape();
        int rank = shape.size();
        int start = bound(node.integer("start", 0), rank);
        int end = Math.max(start, bound(node.integer("end", rank), rank));
        return List.of(OnnxTensor.of(List.of(end - start),
                shape.subList(start, end).stream().mapToLong(Integer::longValue).toArray()));
    }

    private static int bound(int axis, int rank) {
        return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    /** All axes before one and all from it on become two. */
    static List<OnnxTensor> flatten(Workers workers, Node node, List<OnnxTensor> inputs) {
        List<Integer> shape = inputs.get(0).shape();
        int axis = node.integer("axis", 1);
        int counted = axis < 0 ? axis + shape.size() : axis;
        return List.of(inputs.get(0).withShape(List.of(Shapes.product(shape.subList(0, counted)),
                Shapes.product(shape.subList(counted, shape.size())))));
    }

    /** A size of 0 is that of the input, and one of −1 what remains. */
    static List<OnnxTensor> reshape(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int[] wanted = inputs.get(1).sizes();
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < wanted.length; axis++) {
            shape.add(wanted[axis] == 0 && node.integer("allowzero", 0) == 0 ? x.size(axis) : wanted[axis]);
        }
        int open = shape.indexOf(-1);
        if (open >= 0) {
            shape.set(open, 1);
            shape.set(open, x.numbers().length / Shapes.product(shape));
        }
        return List.of(x.withShape(shape));
    }

    /** The axes are an attribute up to version 11, and then an input; without any, Squeeze removes all axes of size 1. */
    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        List<Integer> shape = new ArrayList<>(inputs.get(0).shape());
        int[] axes = inputs.size() > 1 ? inputs.get(1).sizes() : node.integers("axes");
        if (remove && axes.length == 0) {
            shape.removeIf(size -> size == 1);
        }
        int rank = shape.size() + (remove ? 0 : axes.length);
        int[] ascending = Arrays.stream(axes).map(axis -> Math.floorMod(axis, rank)).sorted().toArray();
        for (int i = 0; i < ascending.length; i++) {
            if (remove) {
                shape.remove(ascending[i] - i);
            } else {
                shape.add(ascending[i], 1);
            }
        }
        return List.of(inputs.get(0).withShape(shape));
    }
}
