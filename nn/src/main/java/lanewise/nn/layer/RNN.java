package lanewise.nn.layer;

import lanewise.kernels.recurrent.RnnFunction;
import lanewise.nn.Generator;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.RnnOperation;

/**
 * Plain recurrent networks over sequences, with PyTorch's names and initial values; by the hyperbolic tangent, unless {@link #relu} is
 * called.
 *
 * <p>
 * Shapes: x is [steps, batch, inputs], y is [steps, batch, hidden], in both directions [steps, batch, 2 hidden]. For layer k,
 * {@code weight_ih_lk} is [hidden, inputs] (of the layers above: [hidden, directions * hidden]), {@code weight_hh_lk} is [hidden,
 * hidden], {@code bias_ih_lk} and {@code bias_hh_lk} are [hidden]; those of the other direction end in {@code _reverse}.
 */
public final class RNN extends RecurrentLayer<RNN> {

    private RnnFunction function = RnnFunction.TANH;

    /**
     * One layer in one direction, as PyTorch makes it: all parameters uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param random fills the parameters
     */
    public RNN(int inputs, int hidden, Generator random) {
        this(inputs, hidden, 1, false, random);
    }

    /**
     * Several layers, each over the states of the one before.
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param layers how many layers, at least 1
     * @param bidirectional whether each layer goes through the sequences in both directions
     * @param random fills the parameters
     */
    public RNN(int inputs, int hidden, int layers, boolean bidirectional, Generator random) {
        super(1, inputs, hidden, layers, bidirectional, false, random);
    }

    /**
     * Takes the greater of the sum and 0 instead of the hyperbolic tangent.
     *
     * @return this
     */
    public RNN relu() {
        function = RnnFunction.RELU;
        return this;
    }

    /**
     * States of sequences that begin with given ones.
     *
     * @param x [steps, batch, inputs]
     * @param lengths how many steps each sequence has, from 1 on, or null for all; must stay unchanged until the step closes
     * @param h0 the first states, [layers * directions, batch, hidden], or null for zeros
     * @return states of the last layer, and the last states of all; no cells
     */
    public RecurrentOutput run(Tensor x, int[] lengths, Tensor h0) {
        return run(x, lengths, h0, null);
    }

    @Override
    Cells layer(Tensor x, Weights weights, Tensor h0, Tensor c0, int[] lengths) {
        return sequence(function, x, weights, h0, lengths);
    }

    static Cells sequence(RnnFunction function, Tensor x, Weights weights, Tensor h0, int[] lengths) {
        Tensor bias = Step.of("RNN", x).tensor(weights.inputBias()).add(weights.stateBias());
        return new Cells(RnnOperation.apply(function, x, weights.input(), weights.state(), bias, h0, lengths), null);
    }

    @Override
    RNN self() {
        return this;
    }
}
