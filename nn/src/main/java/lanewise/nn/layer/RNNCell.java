package lanewise.nn.layer;

import lanewise.kernels.recurrent.RnnFunction;
import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/**
 * One step of an {@link RNN}, with PyTorch's names and initial values; by the hyperbolic tangent, unless {@link #relu} is called.
 *
 * <p>
 * Shapes: x is [batch, inputs], the state is [batch, hidden]; {@code weight_ih} is [hidden, inputs], {@code weight_hh} [hidden,
 * hidden], {@code bias_ih} and {@code bias_hh} are [hidden].
 */
public final class RNNCell extends RecurrentCell {

    private RnnFunction function = RnnFunction.TANH;

    /**
     * A cell as PyTorch makes it: all parameters uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param random fills the parameters
     */
    public RNNCell(int inputs, int hidden, Generator random) {
        super(1, inputs, hidden, random);
    }

    /**
     * Takes the greater of the sum and 0 instead of the hyperbolic tangent.
     *
     * @return this
     */
    public RNNCell relu() {
        function = RnnFunction.RELU;
        return this;
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
        return RNN.sequence(function, x, weights, h0, lengths);
    }
}
