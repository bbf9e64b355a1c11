package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.DropoutOperation;

/**
 * Drops whole channels in training: each channel of each image becomes 0 with a probability, the others are scaled up; in evaluation x
 * is passed on. Each pass drops others, and the same seed repeats them.
 *
 * <p>
 * Shapes: x and y are [batch, channels, height, width].
 */
public final class Dropout2d extends Module {

    private final float probability;
    private final long seed;
    private final PerShape<Tensor> ones = new PerShape<>(Dropout2d::ones);
    private long passes;

    /**
     * The layer.
     *
     * @param probability of a channel to become 0, in [0, 1)
     * @param seed which random numbers; another one for every layer of a network
     */
    public Dropout2d(float probability, long seed) {
        this.probability = Dropout.requireProbability("Dropout2d", probability);
        this.seed = seed;
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor present = ones.of(x.shape());
        if (!training() || probability == 0) {
            return x;
        }
        Step step = Step.of("dropout2d", x);
        return x.mul(DropoutOperation.apply(step.tensor(present), probability, seed, passes++));
    }

    private static Tensor ones(Shape x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException("Dropout2d: x is " + x + ", need [batch, channels, height, width]");
        }
        float[] ones = new float[x.size(0) * x.size(1)];
        Arrays.fill(ones, 1);
        return Tensor.of(ones, x.size(0), x.size(1), 1, 1);
    }
}
