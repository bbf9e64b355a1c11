package lanewise.nn.layer;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import lanewise.nn.Counter;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.DropoutOperation;

/** What {@link Dropout2d} and {@link StochasticDepth} share: ones, one for each block, are dropped and then multiplied with. */
abstract class BlockDropout extends Module {

    private final String operation;
    private final float probability;
    private final long seed;
    private final PerShape<Tensor> ones;
    private final Counter passes = registerCounter("passes");

    /** The shape of the ones follows from that of x, which it also checks. */
    BlockDropout(String operation, float probability, long seed, UnaryOperator<Shape> blocks) {
        this.operation = operation;
        this.probability = Dropout.requireProbability(getClass().getSimpleName(), probability);
        this.seed = seed;
        ones = new PerShape<>(x -> ones(blocks.apply(x)));
    }

    @Override
    public final Tensor forward(Tensor x) {
        Tensor present = ones.of(x.shape());
        if (!training() || probability == 0) {
            return x;
        }
        Step step = Step.of(operation, x);
        return x.mul(DropoutOperation.apply(step.tensor(present), probability, seed, passes.next()));
    }

    private static Tensor ones(Shape shape) {
        float[] ones = new float[shape.size()];
        Arrays.fill(ones, 1);
        return Tensor.of(ones, shape);
    }
}
