package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.LstmOperation;

/**
 * Long short-term memory over sequences, with PyTorch's names, order of gates (i, f, g, o) and initial values.
 *
 * <p>
 * Shapes: x is [steps, batch, inputs], y is [steps, batch, hidden], in both directions [steps, batch, 2 hidden]. For layer k,
 * {@code weight_ih_lk} is [4 hidden, inputs] (of the layers above: [4 hidden, directions * hidden]), {@code weight_hh_lk} is [4 hidden,
 * hidden], {@code bias_ih_lk} and {@code bias_hh_lk} are [4 hidden]; those of the other direction end in {@code _reverse}.
 */
public final class LSTM extends RecurrentLayer<LSTM> {

    static final int GATES = 4;

    /**
     * One layer in one direction, as PyTorch makes it: all parameters uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param random fills the parameters
     */
    public LSTM(int inputs, int hidden, Generator random) {
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
    public LSTM(int inputs, int hidden, int layers, boolean bidirectional, Generator random) {
        this(inputs, hidden, layers, bidirectional, false, random);
    }

    private LSTM(int inputs, int hidden, int layers, boolean bidirectional, boolean peepholes, Generator random) {
        super(GATES, inputs, hidden, layers, bidirectional, peepholes, random);
    }

    /**
     * Layers whose gates see the cells (Gers and Schmidhuber 2000), which PyTorch does not have: {@code weight_ph_lk} is [3 hidden],
     * for i, f and o.
     *
     * @param inputs elements of an input, at least 1
     * @param hidden elements of the state, at least 1
     * @param layers how many layers, at least 1
     * @param bidirectional whether each layer goes through the sequences in both directions
     * @param random fills the parameters
     * @return the layer
     */
    public static LSTM withPeepholes(int inputs, int hidden, int layers, boolean bidirectional, Generator random) {
        return new LSTM(inputs, hidden, layers, bidirectional, true, random);
    }

    /**
     * States and cells of sequences that begin with given ones.
     *
     * @param x [steps, batch, inputs]
     * @param lengths how many steps each sequence has, from 1 on, or null for all; must stay unchanged until the step closes
     * @param h0 the first states, [layers * directions, batch, hidden], or null for zeros
     * @param c0 the first cells, likewise
     * @return states of the last layer, and the last states and cells of all
     */
    @Override
    public RecurrentOutput run(Tensor x, int[] lengths, Tensor h0, Tensor c0) {
        return super.run(x, lengths, h0, c0);
    }

    @Override
    Cells layer(Tensor x, Weights weights, Tensor h0, Tensor c0, int[] lengths) {
        return sequence(x, weights, h0, c0, lengths);
    }

    static Cells sequence(Tensor x, Weights weights, Tensor h0, Tensor c0, int[] lengths) {
        Tensor bias = Step.of("LSTM", x).tensor(weights.inputBias()).add(weights.stateBias());
        LstmOperation.Output output = LstmOperation.apply(x, weights.input(), weights.state(), bias,
                weights.peepholes(), h0, c0, lengths);
        return new Cells(output.y(), output.c());
    }

    @Override
    LSTM self() {
        return this;
    }
}
