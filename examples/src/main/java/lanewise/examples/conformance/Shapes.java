package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapes of tensors. */
final class Shapes {

    private Shapes() {}

    /** Images, channels and spatial dimensions. */
    static List<Integer> of(int n, int c, int... spatial) {
        List<Integer> shape = new ArrayList<>(List.of(n, c));
        Arrays.stream(spatial).forEach(shape::add);
        return shape;
    }

    /** The number of elements. */
    static int product(List<Integer> sizes) {
        return sizes.stream().reduce(1, Math::multiplyExact);
    }
}
