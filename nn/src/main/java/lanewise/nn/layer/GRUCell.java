package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/**
 * One step of a {@link GRU}, with PyTorch's names, order of gates (r, z, n), initial values and variant.
 *
 * <p>
 * Shapes: x is [batch, inputs], the state is [batch, hidden]; {@code weight_ih} is [3 hidden, inputs], {@code weight_hh} [3 hidden,
 * hidden], {@code bias_ih} and {@code bias_hh} are [3 hidden].
 */
public final class GRUCell extends RecurrentCell {

    /**
     * A cell as PyTorch makes it: all parameters uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param random fills the parameters
     */
    public GRUCell(int inputs, int hidden, Generator random) {
        super(GRU.GATES, inputs, hidden, random);
    }

    /**
     * The state after one more step.
     *
     * @param x [batch, inputs]
     * @param h the state before, [batch, hidden], or null for zeros
     * @return [batch, hidden]
     */
    public Tensor forward(Tensor x, Tensor h) {
        return step(x, h, null).y();
    }

    @Override
    Cells layer(Tensor x, Weights weights, Tensor h0, Tensor c0, int[] lengths) {
        return GRU.sequence(true, x, weights, h0, lengths);
    }
}
