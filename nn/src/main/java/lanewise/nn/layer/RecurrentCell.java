package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** One step of a recurrent layer. */
abstract class RecurrentCell extends RecurrentModule {

    /** What follows from the shape of the input. */
    private static final class Plan {

        private final Shape sequence;
        private final Shape state;
        private final Tensor zeros;
        private final int[] lengths;

        Plan(Shape x, int hidden) {
            int batch = x.size(0);
            sequence = Shape.of(1, batch, x.size(1));
            state = Shape.of(batch, hidden);
            zeros = Tensor.of(new float[batch * hidden], state);
            lengths = new int[batch];
            Arrays.fill(lengths, 1);
        }
    }

    private final int inputs;
    private final Weights weights;
    private final PerShape<Plan> plans;

    RecurrentCell(int gates, int inputs, int hidden, Generator random) {
        if (inputs < 1 || hidden < 1) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": inputs = " + inputs + ", hidden = "
                    + hidden + ", need both >= 1");
        }
        this.inputs = inputs;
        plans = new PerShape<>(x -> new Plan(x, hidden));
        weights = weights(gates, inputs, hidden, false, "", random);
    }

    /**
     * The state after one step from a state of zeros.
     *
     * @param x [batch, inputs]
     * @return [batch, hidden]
     */
    @Override
    public final Tensor forward(Tensor x) {
        return step(x, null, null).y();
    }

    /** State and cells after one step; those before are zeros where null. */
    final Cells step(Tensor x, Tensor h, Tensor c) {
        if (x.shape().rank() != 2 || x.shape().size(1) != inputs || x.size() == 0) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": input is " + x.shape() + ", need [batch, " + inputs
                            + "], not empty");
        }
        Step step = Step.of(getClass().getSimpleName(), x);
        Plan plan = plans.of(x.shape());
        Cells cells = layer(x.reshape(plan.sequence), weights, orZeros(step, "h", h, plan), orZeros(step, "c", c, plan),
                plan.lengths);
        return new Cells(cells.y().reshape(plan.state), cells.c());
    }

    private Tensor orZeros(Step step, String name, Tensor before, Plan plan) {
        if (before != null && !before.shape().equals(plan.state)) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": " + name + " is " + before.shape() + ", need " + plan.state);
        }
        return before == null ? step.tensor(plan.zeros) : before;
    }

    @Override
    protected final long multiplyAdds(Shape x, Shape y) {
        return weights.products() * x.size(0);
    }
}
