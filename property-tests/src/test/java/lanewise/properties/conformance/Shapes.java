package lanewise.properties.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapes of tensors with spatial dimensions. */
final class Shapes {

    private Shapes() {}

    /** Images, channels and spatial dimensions. */
    static List<Integer> of(int n, int c, int... spatial) {
        List<Integer> shape = new ArrayList<>(List.of(n, c));
        Arrays.stream(spatial).forEach(shape::add);
        return shape;
    }
}
