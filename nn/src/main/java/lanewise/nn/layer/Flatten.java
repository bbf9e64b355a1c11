package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/** From [batch, ...] to [batch, features]: the elements of each sample in a row. */
public final class Flatten extends Module {

    private final PerShape<Shape> shapes = new PerShape<>(Flatten::rows);

    /** The layer. */
    public Flatten() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.reshape(shapes.of(x.shape()));
    }

    private static Shape rows(Shape x) {
        if (x.rank() < 1) {
            throw new IllegalArgumentException("Flatten: input is " + x + ", need [batch, ...]");
        }
        int features = 1;
        for (int axis = 1; axis < x.rank(); axis++) {
            features = Math.multiplyExact(features, x.size(axis));
        }
        return Shape.of(x.size(0), features);
    }
}
