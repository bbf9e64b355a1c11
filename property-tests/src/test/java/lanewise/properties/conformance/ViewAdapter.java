package lanewise.properties.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;

/** Squeeze and Unsqueeze, with which 1-d pooling was exported: the same elements in another shape. */
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
