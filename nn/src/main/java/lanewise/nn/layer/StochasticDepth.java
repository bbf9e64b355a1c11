package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Shape;

/**
 * Drops a branch in training (Huang, Sun, Liu, Sedra, Weinberger 2016): all of a sample becomes 0 with a probability, the others are
 * scaled up; in evaluation x is passed on. Inside a {@code Residual} the sample then takes the shortcut alone. Each pass drops others,
 * and the same seed repeats them.
 *
 * <p>
 * Shapes: x and y are [batch, ...].
 */
public final class StochasticDepth extends BlockDropout {

    /**
     * The layer.
     *
     * @param probability of a sample to become 0, in [0, 1)
     * @param seed which random numbers; another one for every layer of a network
     */
    public StochasticDepth(float probability, long seed) {
        super("stochasticDepth", probability, seed, StochasticDepth::blocks);
    }

    private static Shape blocks(Shape x) {
        if (x.rank() == 0) {
            throw new IllegalArgumentException("StochasticDepth: x is " + x + ", need [batch, ...]");
        }
        int[] sizes = new int[x.rank()];
        Arrays.fill(sizes, 1);
        sizes[0] = x.size(0);
        return Shape.of(sizes);
    }
}
