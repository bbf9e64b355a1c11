package lanewise.nn.autograd;

import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/**
 * The rows of a tensor along an axis, as kernels take them: arrays are outer × n × inner.
 *
 * @param outer number of blocks
 * @param n elements of a row
 * @param inner rows of a block
 */
record AxisRows(int outer, int n, int inner) {

    /** The axis counted from the first on, checked. */
    static int axis(String op, Shape shape, int axis) {
        int rank = shape.rank();
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    op + ": axis = " + axis + " of " + shape + ", need " + -rank + " <= axis < " + rank);
        }
        return axis < 0 ? axis + rank : axis;
    }

    static AxisRows of(String op, Tensor x, int axis) {
        Shape shape = x.shape();
        int counted = axis(op, shape, axis);
        int outer = 1;
        int inner = 1;
        for (int i = 0; i < shape.rank(); i++) {
            outer *= i < counted ? shape.size(i) : 1;
            inner *= i > counted ? shape.size(i) : 1;
        }
        return new AxisRows(outer, shape.size(counted), inner);
    }
}
