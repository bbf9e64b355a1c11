package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Counter;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.DropoutOperation;
import lanewise.nn.autograd.EmbeddingOperation;

/**
 * Layers of recurrent cells over sequences, one above the other, in one or both directions.
 *
 * @param <L> the layer
 */
abstract class RecurrentLayer<L extends RecurrentLayer<L>> extends RecurrentModule {

    /** What follows from the shape of the input. */
    private static final class Plan {

        private final Shape rows;
        private final Shape outputRows;
        private final Shape index;
        private final Shape lastIndex;
        private final Shape state;
        private final Shape oneState;
        private final Tensor zeros;
        private final int[] lengths;

        Plan(Shape x, int hidden) {
            int steps = x.size(0);
            int batch = x.size(1);
            rows = Shape.of(steps * batch, x.size(2));
            outputRows = Shape.of(steps * batch, hidden);
            index = Shape.of(steps * batch);
            lastIndex = Shape.of(batch);
            state = Shape.of(batch, hidden);
            oneState = Shape.of(1, batch, hidden);
            zeros = Tensor.of(new float[batch * hidden], state);
            lengths = new int[batch];
            Arrays.fill(lengths, steps);
        }
    }

    private final int inputs;
    private final int directions;
    private final Weights[] weights;
    private final Counter passes = registerCounter("passes");
    private final PerShape<Plan> plans;
    private float dropout;
    private long dropoutSeed;
    private boolean residual;

    RecurrentLayer(int gates, int inputs, int hidden, int layers, boolean bidirectional, boolean peepholes,
            Generator random) {
        if (inputs < 1 || hidden < 1 || layers < 1) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": inputs = " + inputs + ", hidden = "
                    + hidden + ", layers = " + layers + ", need all >= 1");
        }
        this.inputs = inputs;
        directions = bidirectional ? 2 : 1;
        plans = new PerShape<>(x -> new Plan(x, hidden));
        weights = new Weights[layers * directions];
        for (int i = 0; i < weights.length; i++) {
            String name = "_l" + i / directions + (i % directions == 1 ? "_reverse" : "");
            int in = i < directions ? inputs : directions * hidden;
            weights[i] = weights(gates, in, hidden, peepholes, name, random);
        }
    }

    abstract L self();

    /**
     * Drops elements of what goes from a layer to the next, in training.
     *
     * @param probability of an element to become 0, in [0, 1)
     * @param seed which random numbers
     * @return this
     */
    public final L dropout(float probability, long seed) {
        dropout = Dropout.requireProbability(getClass().getSimpleName(), probability);
        dropoutSeed = seed;
        return self();
    }

    /**
     * Adds the input of each layer but the first to its output.
     *
     * @return this
     */
    public final L residual() {
        residual = true;
        return self();
    }

    /**
     * The states of the last layer, from a state of zeros.
     *
     * @param x [steps, batch, inputs]
     * @return [steps, batch, hidden]; in both directions [steps, batch, 2 hidden]
     */
    @Override
    public final Tensor forward(Tensor x) {
        return run(x, null, null, null).y();
    }

    /**
     * The states of the last layer, and the last state and cells of all.
     *
     * @param x [steps, batch, inputs]
     * @param lengths how many steps each sequence has, from 1 on, or null for all; must stay unchanged until the step closes
     * @param h0 the first states, [layers * directions, batch, hidden], or null for zeros
     * @param c0 the first cells, likewise; not used by cells without
     * @return what PyTorch's layers return
     */
    RecurrentOutput run(Tensor x, int[] lengths, Tensor h0, Tensor c0) {
        if (x.shape().rank() != 3 || x.shape().size(2) != inputs || x.size() == 0) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": input is " + x.shape()
                    + ", need [steps, batch, " + inputs + "], not empty");
        }
        Step step = Step.of(getClass().getSimpleName(), x);
        Plan first = plans.of(x.shape());
        int[] ends = lengths == null ? first.lengths : lengths;
        Tensor y = x;
        Tensor[] h = new Tensor[weights.length];
        Tensor[] c = new Tensor[weights.length];
        for (int i = 0; i < weights.length; i += directions) {
            Plan plan = plans.of(y.shape());
            if (i > 0 && dropout > 0 && training()) {
                y = DropoutOperation.apply(y, dropout, dropoutSeed, passes.next());
            }
            Tensor[] results = new Tensor[directions];
            for (int direction = 0; direction < directions; direction++) {
                int k = i + direction;
                Tensor in = direction == 0 ? y : reversed(step, y, plan.rows, plan, ends);
                Cells cells = layer(in, weights[k], state(step, h0, k, plan), state(step, c0, k, plan), ends);
                h[k] = last(step, cells.y(), plan, ends).reshape(plan.oneState);
                c[k] = cells.c() == null ? null : cells.c().reshape(plan.oneState);
                results[direction] = direction == 0
                        ? cells.y()
                        : reversed(step, cells.y(), plan.outputRows, plan, ends);
            }
            Tensor out = directions == 1 ? results[0] : Tensor.concat(2, results);
            y = residual && i > 0 ? out.add(y) : out;
        }
        return new RecurrentOutput(y, together(h), c[0] == null ? null : together(c));
    }

    private static Tensor together(Tensor... parts) {
        return parts.length == 1 ? parts[0] : Tensor.concat(0, parts);
    }

    private Tensor state(Step step, Tensor states, int k, Plan plan) {
        return states == null ? step.tensor(plan.zeros) : states.slice(0, k, k + 1).reshape(plan.state);
    }

    /** The last row of each sequence. */
    private Tensor last(Step step, Tensor y, Plan plan, int[] lengths) {
        Tensor index = step.result(plan.lastIndex);
        int batch = plan.lastIndex.size();
        for (int row = 0; row < batch; row++) {
            index.data()[index.offset() + row] = (lengths[row] - 1) * batch + row;
        }
        return EmbeddingOperation.apply(index, y.reshape(plan.outputRows));
    }

    /** Each sequence from its end to its beginning; what is beyond the end stays. */
    private static Tensor reversed(Step step, Tensor x, Shape rows, Plan plan, int[] lengths) {
        Tensor index = step.result(plan.index);
        int batch = plan.lastIndex.size();
        for (int i = 0; i < index.size(); i++) {
            int t = i / batch;
            int row = i % batch;
            index.data()[index.offset() + i] = t < lengths[row] ? (lengths[row] - 1 - t) * batch + row : i;
        }
        return EmbeddingOperation.apply(index, x.reshape(rows)).reshape(x.shape());
    }

    /** Products with weights, as is the custom. */
    @Override
    protected final long multiplyAdds(Shape x, Shape y) {
        long products = 0;
        for (Weights w : weights) {
            products += w.products();
        }
        return products * x.size(0) * x.size(1);
    }
}
