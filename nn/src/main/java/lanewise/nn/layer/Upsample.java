package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/**
 * Every element repeated as a square: nearest-neighbour interpolation.
 *
 * <p>
 * Shapes: x is [batch, channels, height, width], y is [batch, channels, scale · height, scale · width].
 */
public final class Upsample extends Module {

    private final int scale;
    private final PerShape<Steps> steps = new PerShape<>(this::steps);

    /** Axes of size 1 beside height and width, those axes repeated, and the result. */
    private record Steps(Shape single, Shape repeated, Shape result) {}

    /**
     * The layer.
     *
     * @param scale how often elements are repeated in each direction, at least 1
     */
    public Upsample(int scale) {
        if (scale < 1) {
            throw new IllegalArgumentException("Upsample: scale = " + scale + ", need scale >= 1");
        }
        this.scale = scale;
    }

    @Override
    public Tensor forward(Tensor x) {
        Steps known = steps.of(x.shape());
        return x.reshape(known.single).expand(known.repeated).reshape(known.result);
    }

    private Steps steps(Shape x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException("Upsample: x is " + x + ", need [batch, channels, height, width]");
        }
        int n = x.size(0);
        int c = x.size(1);
        int h = x.size(2);
        int w = x.size(3);
        return new Steps(Shape.of(n, c, h, 1, w, 1), Shape.of(n, c, h, scale, w, scale),
                Shape.of(n, c, Math.multiplyExact(h, scale), Math.multiplyExact(w, scale)));
    }
}
