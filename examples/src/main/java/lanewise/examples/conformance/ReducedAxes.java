package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The axes over which a node reduces its first input: those of its second or of an attribute, or all if none are given and that is not
 * said to mean none.
 *
 * @param axes the axes
 * @param kept the shape of the result with reduced axes of size 1
 * @param shape the shape of the result
 */
record ReducedAxes(List<Integer> axes, List<Integer> kept, List<Integer> shape) {

    static ReducedAxes of(Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rank = x.shape().size();
        int[] given = inputs.size() > 1 && inputs.get(1) != null ? inputs.get(1).sizes() : node.integers("axes");
        boolean all = given.length == 0 && node.integer("noop_with_empty_axes", 0) == 0;
        List<Integer> axes = all
                ? IntStream.range(0, rank).boxed().toList()
                : Arrays.stream(given).mapToObj(axis -> Math.floorMod(axis, rank)).toList();
        return of(axes, node.integer("keepdims", 1) == 1, x.shape());
    }

    static ReducedAxes of(List<Integer> axes, boolean keep, List<Integer> whole) {
        List<Integer> kept = new ArrayList<>();
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < whole.size(); axis++) {
            boolean isReduced = axes.contains(axis);
            kept.add(isReduced ? 1 : whole.get(axis));
            if (keep || !isReduced) {
                shape.add(kept.getLast());
            }
        }
        return new ReducedAxes(axes, kept, shape);
    }
}
