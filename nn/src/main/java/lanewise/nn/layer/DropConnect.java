package lanewise.nn.layer;

import lanewise.nn.Counter;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.DropoutOperation;

/**
 * A fully connected layer that drops connections in training (Wan, Zeiler, Zhang, LeCun, Fergus 2013): each weight becomes 0 with a
 * probability and the others are scaled up, for the whole batch; in evaluation it is the {@link Linear} that it wraps. Each pass drops
 * others, and the same seed repeats them.
 *
 * <p>
 * Shapes: as {@link Linear}, whose parameters it has under the name {@code linear}.
 */
public final class DropConnect extends Module {

    private final Linear linear;
    private final float probability;
    private final long seed;
    private final Counter passes = registerCounter("passes");

    /**
     * The layer, with a {@link Linear} as PyTorch makes it.
     *
     * @param inputs size of the input, at least 1
     * @param outputs size of the output, at least 1
     * @param probability of a weight to become 0, in [0, 1)
     * @param random fills the parameters
     * @param seed which random numbers drop weights; another one for every layer of a network
     */
    public DropConnect(int inputs, int outputs, float probability, Generator random, long seed) {
        this.probability = Dropout.requireProbability("DropConnect", probability);
        this.seed = seed;
        linear = register("linear", new Linear(inputs, outputs, random));
    }

    @Override
    public Tensor forward(Tensor x) {
        if (!training() || probability == 0) {
            return linear.forward(x);
        }
        Step step = Step.of("dropConnect", x);
        Tensor kept = DropoutOperation.apply(step.tensor(linear.weight()), probability, seed, passes.next());
        return x.linear(kept, linear.bias());
    }
}
