package lanewise.nn.layer;

import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.kernels.random.Philox;
import lanewise.nn.Counter;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.EmbeddingOperation;

/**
 * Attention over the places of an image's features (Xu et al. 2015, Show, attend and tell): soft, a mean of all places, or hard, one
 * place drawn by its weight. Hard attention has no gradient of the place; {@link lanewise.nn.loss.Losses#reinforce} trains it by the
 * reward that the place brought.
 *
 * <p>
 * Shapes: the state is [batch, stateSize], the grid [batch, channels, height, width], the context [batch, channels]; parameters are those of
 * the {@link AdditiveAttention} {@code attention}.
 */
public final class GridAttention extends Module {

    private record Plan(Shape channelsFirst, Shape rows, Shape batch, Shape index) {}

    private final AdditiveAttention attention;
    private final Counter draws = registerCounter("draws");
    private final long seed;
    private final PerShape<Plan> plans = new PerShape<>(GridAttention::plan);

    /**
     * A layer with PyTorch's initial values of linear layers.
     *
     * @param stateSize elements of the state that asks, at least 1
     * @param channels of the grid, at least 1
     * @param hidden elements in which the two are compared, at least 1
     * @param seed which random numbers draw places
     * @param random fills the parameters
     */
    public GridAttention(int stateSize, int channels, int hidden, long seed, Generator random) {
        attention = register("attention", new AdditiveAttention(stateSize, channels, hidden, random));
        this.seed = seed;
    }

    private static Plan plan(Shape grid) {
        if (grid.rank() != 4 || grid.size() == 0) {
            throw new IllegalArgumentException(
                    "GridAttention: grid is " + grid + ", need [batch, channels, height, width], not empty");
        }
        int batch = grid.size(0);
        int channels = grid.size(1);
        int places = grid.size(2) * grid.size(3);
        return new Plan(Shape.of(batch, channels, places), Shape.of(batch * places, channels), Shape.of(batch),
                Shape.of(batch, 1));
    }

    /**
     * Not defined: an attention needs a state and a grid.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException("GridAttention: call soft(state, grid) or hard(state, grid)");
    }

    /**
     * The mean of all places.
     *
     * @param state [batch, stateSize]
     * @param grid [batch, channels, height, width]
     * @return the mean, and the weights, [batch, height · width]
     */
    public Attended soft(Tensor state, Tensor grid) {
        return attention.forward(state, places(grid, plans.of(grid.shape())), null);
    }

    /**
     * One place: in training drawn by its weight, else the one with the greatest.
     *
     * @param state [batch, stateSize]
     * @param grid [batch, channels, height, width]
     * @return its features, the weights, [batch, height · width], and the logarithm of the weight of the place
     */
    public Attended hard(Tensor state, Tensor grid) {
        Plan plan = plans.of(grid.shape());
        Tensor keys = places(grid, plan);
        Tensor logWeights = attention.scores(state, keys, attention.projected(keys), null).logSoftmax(1);
        Step step = Step.of("GridAttention", logWeights);
        Tensor place = step.result(plan.index);
        choose(step, logWeights, place, plan);
        Tensor logProbability = logWeights.gather(1, place).reshape(plan.batch);
        Tensor row = step.result(plan.batch);
        int count = logWeights.shape().size(1);
        for (int i = 0; i < row.size(); i++) {
            row.data()[row.offset() + i] = i * count + place.data()[place.offset() + i];
        }
        Tensor context = EmbeddingOperation.apply(row, keys.reshape(plan.rows));
        return new Attended(context, logWeights.apply(UnaryFunction.EXP), logProbability);
    }

    private static Tensor places(Tensor grid, Plan plan) {
        return grid.reshape(plan.channelsFirst).permute(0, 2, 1);
    }

    private void choose(Step step, Tensor logWeights, Tensor place, Plan plan) {
        int count = logWeights.shape().size(1);
        Tensor drawn = step.result(plan.batch);
        if (training()) {
            Philox.uniform(seed, draws.next(), drawn.size(), 0, 1, drawn.data(), drawn.offset());
        }
        for (int i = 0; i < drawn.size(); i++) {
            int at = logWeights.offset() + i * count;
            int chosen = training()
                    ? draw(logWeights.data(), at, count, drawn.data()[drawn.offset() + i])
                    : greatest(logWeights.data(), at, count);
            place.data()[place.offset() + i] = chosen;
        }
    }

    /** The first place up to which the weights add up to more than a number in [0, 1); the last one if rounding leaves them below it. */
    private static int draw(float[] logWeights, int at, int count, float number) {
        double sum = 0;
        int place = 0;
        while (place < count - 1) {
            // StrictMath: the same places on every machine.
            sum += StrictMath.exp(logWeights[at + place]);
            if (sum > number) {
                break;
            }
            place++;
        }
        return place;
    }

    private static int greatest(float[] logWeights, int at, int count) {
        int best = 0;
        for (int j = 1; j < count; j++) {
            best = logWeights[at + j] > logWeights[at + best] ? j : best;
        }
        return best;
    }
}
