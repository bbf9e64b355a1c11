package lanewise.nn.autograd;

import java.util.Arrays;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Tensors whose elements are numbers of rows, columns or classes. */
final class Indices {

    private Indices() {}

    /** The elements of x, which messages call name, as whole numbers from 0 to limit − 1, in an array of the step; {@code why} ends the message about another. */
    static int[] of(String op, String name, Step step, Tensor x, int limit, String why) {
        int[] index = step.indices(x.size());
        for (int i = 0; i < x.size(); i++) {
            float number = x.data()[x.offset() + i];
            index[i] = (int) number;
            if (index[i] != number || number < 0 || number >= limit) {
                throw new IllegalArgumentException(op + ": element " + i + " of " + name + " = " + number
                        + ", need a whole number from 0 to " + (limit - 1) + why);
            }
        }
        return index;
    }

    /** A shape with one more axis at the end. */
    record Appended(Shape x, int last) {

        Shape shape() {
            int[] sizes = Arrays.copyOf(x.toArray(), x.rank() + 1);
            sizes[x.rank()] = last;
            return Shape.of(sizes);
        }
    }
}
