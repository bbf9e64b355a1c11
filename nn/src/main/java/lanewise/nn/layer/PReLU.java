package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.init.Init;

/**
 * x, or slope · x where x is negative, with slopes that are learned.
 *
 * <p>
 * Shapes: x and y are [batch, channels, ...], or any shape with one slope; {@code weight}, the slopes, is [slopes].
 */
public final class PReLU extends Module {

    private final Parameter weight;

    /** The layer as PyTorch makes it: one slope, 0.25 at first. */
    public PReLU() {
        this(1, 0.25f);
    }

    /**
     * The layer.
     *
     * @param slopes 1, or the number of channels
     * @param init what they are at first
     */
    public PReLU(int slopes, float init) {
        if (slopes < 1) {
            throw new IllegalArgumentException("PReLU: slopes = " + slopes + ", need slopes >= 1");
        }
        weight = register("weight", new Parameter(Shape.of(slopes)));
        Init.constant(init).fill(weight, null);
    }

    /**
     * The slopes.
     *
     * @return [slopes]
     */
    public Parameter weight() {
        return weight;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.prelu(weight);
    }
}
