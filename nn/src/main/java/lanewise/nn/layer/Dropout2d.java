package lanewise.nn.layer;

import lanewise.nn.Shape;

/**
 * Drops whole channels in training: each channel of each image becomes 0 with a probability, the others are scaled up; in evaluation x
 * is passed on. Each pass drops others, and the same seed repeats them.
 *
 * <p>
 * Shapes: x and y are [batch, channels, height, width].
 */
public final class Dropout2d extends BlockDropout {

    /**
     * The layer.
     *
     * @param probability of a channel to become 0, in [0, 1)
     * @param seed which random numbers; another one for every layer of a network
     */
    public Dropout2d(float probability, long seed) {
        super("dropout2d", probability, seed, Dropout2d::blocks);
    }

    private static Shape blocks(Shape x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException("Dropout2d: x is " + x + ", need [batch, channels, height, width]");
        }
        return Shape.of(x.size(0), x.size(1), 1, 1);
    }
}
