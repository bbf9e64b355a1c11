package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/**
 * One step of an {@link LSTM}, with PyTorch's names, order of gates (i, f, g, o) and initial values.
 *
 * <p>
 * Shapes: x is [batch, inputs], the state is [batch, hidden]; {@code weight_ih} is [4 hidden, inputs], {@code weight_hh} [4 hidden,
 * hidden], {@code bias_ih} and {@code bias_hh} are [4 hidden].
 */
public final class LSTMCell extends RecurrentCell {

    /**
     * What a step gives to the next.
     *
     * @param h the state, [batch, hidden]
     * @param c the cells, likewise
     */
    public record State(Tensor h, Tensor c) {}

    /**
     * A cell as PyTorch makes it: all parameters uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param random fills the parameters
     */
    public LSTMCell(int inputs, int hidden, Generator random) {
        super(LSTM.GATES, inputs, hidden, random);
    }

    /**
     * State and cells after one more step.
     *
     * @param x [batch, inputs]
     * @param before what the step before gave, or null for zeros
     * @return what this one gives
     */
    public State forward(Tensor x, State before) {
        Cells cells = step(x, before == null ? null : before.h, before == null ? null : before.c);
        return new State(cells.y(), cells.c());
    }

    @Override
    Cells layer(Tensor x, Weights weights, Tensor h0, Tensor c0, int[] lengths) {
        return LSTM.sequence(x, weights, h0, c0, lengths);
    }
}
