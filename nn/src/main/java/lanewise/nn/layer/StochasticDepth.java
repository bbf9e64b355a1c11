package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.DropoutOperation;

/**
 * Drops a branch in training (Huang, Sun, Liu, Sedra, Weinberger 2016): all of a sample becomes 0 with a probability, the others are
 * scaled up; in evaluation x is passed on. Inside a {@code Residual} the sample then takes the shortcut alone. Each pass drops others,
 * and the same seed repeats them.
 *
 * <p>
 * Shapes: x and y are [batch, ...].
 */
public final class StochasticDepth extends Module {

    private final float probability;
    private final long seed;
    private final PerShape<Tensor> ones = new PerShape<>(StochasticDepth::ones);
    private long passes;

    /**
     * The layer.
     *
     * @param probability of a sample to become 0, in [0, 1)
     * @param seed which random numbers; another one for every layer of a network
     */
    public StochasticDepth(float probability, long seed) {
        this.probability = Dropout.requireProbability("StochasticDepth", probability);
        this.seed = seed;
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor present = ones.of(x.shape());
        if (!training() || probability == 0) {
            return x;
        }
        Step step = Step.of("stochasticDepth", x);
        return x.mul(DropoutOperation.apply(step.tensor(present), probability, seed, passes++));
    }

    private static Tensor ones(Shape x) {
        if (x.rank() == 0) {
            throw new IllegalArgumentException("StochasticDepth: x is " + x + ", need [batch, ...]");
        }
        int[] sizes = new int[x.rank()];
        Arrays.fill(sizes, 1);
        sizes[0] = x.size(0);
        float[] ones = new float[x.size(0)];
        Arrays.fill(ones, 1);
        return Tensor.of(ones, sizes);
    }
}
