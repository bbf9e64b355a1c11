package lanewise.properties.conformance;

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
