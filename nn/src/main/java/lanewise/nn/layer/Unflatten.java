package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/** From [batch, features] to [batch, ...], samples of a given shape: {@code new Unflatten(1, 28, 28)} makes images. */
public final class Unflatten extends Module {

    private final int[] sizes;
    private final PerShape<Shape> shapes = new PerShape<>(this::samples);

    /**
     * The layer.
     *
     * @param sizes the shape of a sample
     */
    public Unflatten(int... sizes) {
        this.sizes = sizes.clone();
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.reshape(shapes.of(x.shape()));
    }

    private Shape samples(Shape x) {
        int features = Shape.of(sizes).size();
        if (x.rank() != 2 || x.size(1) != features) {
            throw new IllegalArgumentException("Unflatten: input is " + x + ", need [batch, " + features + "]");
        }
        int[] all = new int[1 + sizes.length];
        all[0] = x.size(0);
        System.arraycopy(sizes, 0, all, 1, sizes.length);
        return Shape.of(all);
    }
}
