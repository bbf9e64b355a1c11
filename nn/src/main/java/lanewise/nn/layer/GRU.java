package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.GruOperation;

/**
 * Gated recurrent units over sequences, with PyTorch's names, order of gates (r, z, n), initial values, and its variant: the reset
 * gate is applied after the product with the state, unless {@link #resetBefore} is called.
 *
 * <p>
 * Shapes: x is [steps, batch, inputs], y is [steps, batch, hidden], in both directions [steps, batch, 2 hidden]. For layer k,
 * {@code weight_ih_lk} is [3 hidden, inputs] (of the layers above: [3 hidden, directions * hidden]), {@code weight_hh_lk} is [3 hidden,
 * hidden], {@code bias_ih_lk} and {@code bias_hh_lk} are [3 hidden]; those of the other direction end in {@code _reverse}.
 */
public final class GRU extends RecurrentLayer<GRU> {

    static final int GATES = 3;

    private boolean resetAfter = true;

    /**
     * One layer in one direction, as PyTorch makes it: all parameters uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param random fills the parameters
     */
    public GRU(int inputs, int hidden, Generator random) {
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
    public GRU(int inputs, int hidden, int layers, boolean bidirectional, Generator random) {
        super(GATES, inputs, hidden, layers, bidirectional, false, random);
    }

    /**
     * Applies the reset gate to the state before the product, as in the paper of Cho et al. (2014).
     *
     * @return this
     */
    public GRU resetBefore() {
        resetAfter = false;
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
        return sequence(resetAfter, x, weights, h0, lengths);
    }

    static Cells sequence(boolean resetAfter, Tensor x, Weights weights, Tensor h0, int[] lengths) {
        Step step = Step.of("GRU", x);
        int hidden = h0.shape().size(1);
        Tensor ofInput = step.tensor(weights.inputBias());
        Tensor ofState = step.tensor(weights.stateBias());
        Tensor both = ofInput.slice(0, 0, 2 * hidden).add(ofState.slice(0, 0, 2 * hidden));
        Tensor bias = Tensor.concat(0, both, ofInput.slice(0, 2 * hidden, 3 * hidden),
                ofState.slice(0, 2 * hidden, 3 * hidden));
        return new Cells(GruOperation.apply(resetAfter, x, weights.input(), weights.state(), bias, h0, lengths),
                null);
    }

    @Override
    GRU self() {
        return this;
    }
}
