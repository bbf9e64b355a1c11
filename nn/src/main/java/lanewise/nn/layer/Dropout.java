package lanewise.nn.layer;

import lanewise.nn.Counter;
import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.DropoutOperation;

/**
 * In training, elements become 0 at random and the rest is divided by the share of those that stay; in evaluation nothing
 * changes. The zeros depend on the seed and on how many training passes went before, on nothing else.
 */
public final class Dropout extends Module {

    private final float probability;
    private final long seed;
    private final Counter passes = registerCounter("passes");

    /**
     * The layer.
     *
     * @param probability of an element to become 0, in [0, 1)
     * @param seed which random numbers; another one for every layer of a network
     */
    public Dropout(float probability, long seed) {
        this.probability = requireProbability("Dropout", probability);
        this.seed = seed;
    }

    @Override
    public Tensor forward(Tensor x) {
        return training() && probability > 0 ? DropoutOperation.apply(x, probability, seed, passes.next()) : x;
    }

    static float requireProbability(String layer, float probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    layer + ": probability = " + probability + ", need 0 <= probability < 1");
        }
        return probability;
    }
}
