package lanewise.kernels.recurrent;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.reduction.Reduction;

/**
 * Long short-term memory over whole sequences, one layer in one direction; with one step, the cell. The gates, in PyTorch's order:
 *
 * <pre>
 * i = sigmoid(Wi x + Ui h + bi)      f = sigmoid(Wf x + Uf h + bf)
 * g = tanh(Wg x + Ug h + bg)         o = sigmoid(Wo x + Uo h + bo)
 * c = f c' + i g                     y = h = o tanh(c)
 * </pre>
 *
 * where h and c' are the state and the cells of the step before. ONNX orders i, o, f, g. With peepholes the gates look at the cells,
 * each at its own: the sums of i, f and o have one more term, pi c', pf c' and po c.
 */
public final class Lstm {

    private Lstm() {}

    /**
     * The outputs, and what {@link #backward} needs.
     *
     * @shape x: [steps, batch, inputs]; wInput: [4 hidden, inputs] (Wi, Wf, Wg, Wo); wHidden: [4 hidden, hidden]; bias: [4
     *        hidden]; peepholes: [3 hidden] (pi, pf, po), or null for none; h0, c0: [batch, hidden]; lengths: [batch]; gates: [steps, batch, 4 hidden]; c, y: [steps, batch, hidden]
     * @writes overwrites gates (i, f, g, o), c and y; steps of a row from its length on are 0
     * @aliasing gates, c and y must overlap nothing (not detected)
     * @workspace packed weights of the team: (inputs + hidden) · 4 hidden elements, rounded up to whole panels, for each pair of
     *            sizes; a vector block of each worker
     * @error of a first-order analysis, e denoting errors before: gates within γ(inputs + hidden + 2) Σ|terms| + Σ|U| e(h) times their
     *        slope plus 2 ULP, with peepholes one term and one rounding more and |p| e(c); cells within |f| e(c') + |c'| e(f) + |g| e(i) + |i| e(g) and two roundings; y within e(c) + e(o) and 3 ULP
     * @special NaN and infinities propagate as in the formulas, within their row
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add; and for any
     *                batch: a row has the bits that it has alone, a sequence those of its steps one by one
     * @source S. Hochreiter, J. Schmidhuber, Neural Computation 9, 1997; forget gates: F. Gers, J. Schmidhuber, F. Cummins 2000;
     *         peepholes: F. Gers, J. Schmidhuber 2000; PyTorch torch.nn.LSTM; ONNX LSTM
     *
     * @param workers the team that computes
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param x the inputs
     * @param xOffset index of the first element
     * @param wInput weights of the inputs
     * @param wInputOffset index of the first element
     * @param wHidden weights of the state
     * @param wHiddenOffset index of the first element
     * @param bias biases of the gates
     * @param biasOffset index of the first element
     * @param peepholes weights of the cells in the gates, or null
     * @param peepholesOffset index of the first element
     * @param h0 the first state
     * @param h0Offset index of the first element
     * @param c0 the first cells
     * @param c0Offset index of the first element
     * @param lengths how many steps each sequence has, at most {@code steps}
     * @param lengthsOffset index of the first
     * @param gates the gates
     * @param gatesOffset index of the first element
     * @param c the cells
     * @param cOffset index of the first element
     * @param y the states
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if a size is negative or a length out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int steps, int batch, int inputs, int hidden, float[] x, int xOffset,
            float[] wInput, int wInputOffset, float[] wHidden, int wHiddenOffset, float[] bias, int biasOffset,
            float[] peepholes, int peepholesOffset, float[] h0, int h0Offset, float[] c0, int c0Offset, int[] lengths,
            int lengthsOffset, float[] gates, int gatesOffset, float[] c, int cOffset, float[] y, int yOffset) {
        String op = "Lstm.forward";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "x", x, xOffset, (long) steps * batch * inputs);
        Checks.vector(op, "wInput", wInput, wInputOffset, 4L * hidden * inputs);
        Checks.vector(op, "wHidden", wHidden, wHiddenOffset, 4L * hidden * hidden);
        Checks.vector(op, "bias", bias, biasOffset, 4L * hidden);
        checkPeepholes(op, hidden, peepholes, peepholesOffset);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "c0", c0, c0Offset, (long) batch * hidden);
        Checks.vector(op, "gates", gates, gatesOffset, 4 * states);
        Checks.vector(op, "c", c, cOffset, states);
        Checks.vector(op, "y", y, yOffset, states);
        Sequences.checkLengths(op, steps, batch, lengths, lengthsOffset);
        if (states > 0) {
            workers.reusable(LstmForward.class, LstmForward::new).run(workers, steps, batch, inputs, hidden, x,
                    xOffset, wInput, wInputOffset, wHidden, wHiddenOffset, bias, biasOffset, peepholes,
                    peepholesOffset, h0, h0Offset, c0, c0Offset, lengths, lengthsOffset, gates, gatesOffset, c, cOffset,
                    y, yOffset);
        }
    }

    /**
     * The gradients of the gates and of the first state, back through time. From those of the gates follow those of inputs
     * ({@link #backwardInput}), weights ({@link #backwardWeights}) and peepholes ({@link #backwardPeepholes}).
     *
     * @shape as {@link #forward}; dy: as y; dcN: [batch, hidden]; dGates: as gates; dh0 and dc0: as h0
     * @writes overwrites dGates (gradients of the gates before their functions), dh0 and dc0
     * @aliasing what is written must overlap nothing (not detected)
     * @workspace packed weights of the team: hidden · 4 hidden elements, rounded up to whole panels; hidden elements and a vector block of
     *            each worker
     * @error tested against finite differences of a double-precision reference
     * @special NaN and infinities propagate as in the formulas
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add; a row has the
     *                bits that it has alone
     * @source as {@link #forward}; P. Werbos, Backpropagation through time, 1990
     *
     * @param workers the team that computes
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param hidden elements of the state
     * @param wHidden weights of the state
     * @param wHiddenOffset index of the first element
     * @param peepholes weights of the cells in the gates, or null
     * @param peepholesOffset index of the first element
     * @param c0 the first cells
     * @param c0Offset index of the first element
     * @param lengths how many steps each sequence has
     * @param lengthsOffset index of the first
     * @param gates from {@link #forward}
     * @param gatesOffset index of the first element
     * @param c from {@link #forward}
     * @param cOffset index of the first element
     * @param dy gradient of the states; that of the last state of a sequence is added to its last step by the caller
     * @param dyOffset index of the first element
     * @param dcN gradient of each sequence's last cells
     * @param dcNOffset index of the first element
     * @param dGates gradient of the gates
     * @param dGatesOffset index of the first element
     * @param dh0 gradient of the first state
     * @param dh0Offset index of the first element
     * @param dc0 gradient of the first cells
     * @param dc0Offset index of the first element
     * @throws IllegalArgumentException if a size is negative or a length out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int steps, int batch, int hidden, float[] wHidden, int wHiddenOffset,
            float[] peepholes, int peepholesOffset, float[] c0, int c0Offset, int[] lengths, int lengthsOffset,
            float[] gates, int gatesOffset, float[] c, int cOffset, float[] dy, int dyOffset, float[] dcN,
            int dcNOffset, float[] dGates, int dGatesOffset,
            float[] dh0, int dh0Offset, float[] dc0, int dc0Offset) {
        String op = "Lstm.backward";
        Sequences.check(op, workers, steps, batch, 0, hidden);
        long states = (long) steps * batch * hidden;
        long first = (long) batch * hidden;
        Checks.vector(op, "wHidden", wHidden, wHiddenOffset, 4L * hidden * hidden);
        checkPeepholes(op, hidden, peepholes, peepholesOffset);
        Checks.vector(op, "c0", c0, c0Offset, first);
        Checks.vector(op, "gates", gates, gatesOffset, 4 * states);
        Checks.vector(op, "c", c, cOffset, states);
        Checks.vector(op, "dy", dy, dyOffset, states);
        Checks.vector(op, "dcN", dcN, dcNOffset, first);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4 * states);
        Checks.vector(op, "dh0", dh0, dh0Offset, first);
        Checks.vector(op, "dc0", dc0, dc0Offset, first);
        Sequences.checkLengths(op, steps, batch, lengths, lengthsOffset);
        if (first > 0) {
            workers.reusable(LstmBackward.class, LstmBackward::new).run(workers, steps, batch, hidden, wHidden,
                    wHiddenOffset, peepholes, peepholesOffset, c0, c0Offset, lengths, lengthsOffset, gates, gatesOffset,
                    c, cOffset, dy, dyOffset,
                    dcN, dcNOffset, dGates, dGatesOffset, dh0, dh0Offset, dc0, dc0Offset);
        }
    }

    /**
     * The gradient of the inputs: one product for all steps.
     *
     * @shape dGates: [steps, batch, 4 hidden]; wInput: [4 hidden, inputs]; dx: [steps, batch, inputs]
     * @writes overwrites dx, or adds to it
     * @aliasing dx must overlap nothing (not detected)
     * @workspace as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @error as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @special NaN and infinities propagate as in the sum
     * @deterministic as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @source as {@link #forward}
     *
     * @param workers the team that computes
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param dGates from {@link #backward}
     * @param dGatesOffset index of the first element
     * @param wInput weights of the inputs
     * @param wInputOffset index of the first element
     * @param dx gradient of the inputs
     * @param dxOffset index of the first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if a size is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardInput(Workers workers, int steps, int batch, int inputs, int hidden, float[] dGates,
            int dGatesOffset, float[] wInput, int wInputOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "Lstm.backwardInput";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4L * steps * batch * hidden);
        Checks.vector(op, "wInput", wInput, wInputOffset, 4L * hidden * inputs);
        Checks.vector(op, "dx", dx, dxOffset, (long) steps * batch * inputs);
        RecurrentGradients.input(workers, steps * batch, inputs, 4 * hidden, 4 * hidden, dGates, dGatesOffset, wInput,
                wInputOffset, dx, dxOffset, accumulate);
    }

    /**
     * The gradients of weights and biases: one product each for all steps.
     *
     * @shape x: [steps, batch, inputs]; h0: [batch, hidden]; y: [steps, batch, hidden]; dGates: [steps, batch, 4 hidden]; dwInput: [4
     *        hidden, inputs]; dwHidden: [4 hidden, hidden]; dBias: [4 hidden]
     * @writes overwrites dwInput, dwHidden and dBias, or adds to them
     * @aliasing what is written must overlap nothing (not detected)
     * @workspace of the team, twice the larger of the weights; and as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @error as {@link lanewise.kernels.gemm.Gemm#sgemm}; dBias as {@link lanewise.kernels.reduction.Reduction#columnSums}
     * @special NaN and infinities propagate as in the sums
     * @deterministic as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @source as {@link #forward}
     *
     * @param workers the team that computes
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param x the inputs
     * @param xOffset index of the first element
     * @param h0 the first state
     * @param h0Offset index of the first element
     * @param y from {@link #forward}
     * @param yOffset index of the first element
     * @param dGates from {@link #backward}
     * @param dGatesOffset index of the first element
     * @param dwInput gradient of the weights of the inputs
     * @param dwInputOffset index of the first element
     * @param accumulateInput whether to add to dwInput
     * @param dwHidden gradient of the weights of the state
     * @param dwHiddenOffset index of the first element
     * @param accumulateHidden whether to add to dwHidden
     * @param dBias gradient of the biases
     * @param dBiasOffset index of the first element
     * @param accumulateBias whether to add to dBias
     * @throws IllegalArgumentException if a size is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardWeights(Workers workers, int steps, int batch, int inputs, int hidden, float[] x,
            int xOffset, float[] h0, int h0Offset, float[] y, int yOffset, float[] dGates, int dGatesOffset,
            float[] dwInput, int dwInputOffset, boolean accumulateInput, float[] dwHidden, int dwHiddenOffset,
            boolean accumulateHidden, float[] dBias, int dBiasOffset, boolean accumulateBias) {
        String op = "Lstm.backwardWeights";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "x", x, xOffset, (long) steps * batch * inputs);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "y", y, yOffset, states);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4 * states);
        Checks.vector(op, "dwInput", dwInput, dwInputOffset, 4L * hidden * inputs);
        Checks.vector(op, "dwHidden", dwHidden, dwHiddenOffset, 4L * hidden * hidden);
        Checks.vector(op, "dBias", dBias, dBiasOffset, 4L * hidden);
        int rows = steps * batch;
        int width = 4 * hidden;
        RecurrentGradients.product(workers, rows, width, inputs, dGates, dGatesOffset, width, x, xOffset, inputs,
                dwInput, dwInputOffset, accumulateInput);
        RecurrentGradients.state(workers, steps, batch, width, hidden, dGates, dGatesOffset, width, h0, h0Offset, y,
                yOffset, dwHidden, dwHiddenOffset, accumulateHidden);
        Reduction.columnSums(workers, rows, width, dGates, dGatesOffset, width, dBias, dBiasOffset, accumulateBias);
    }

    /**
     * The gradients of the peepholes.
     *
     * @shape c0: [batch, hidden]; c: [steps, batch, hidden]; dGates: [steps, batch, 4 hidden]; dPeepholes: [3 hidden] (pi, pf, po)
     * @writes overwrites dPeepholes, or adds to it
     * @aliasing dPeepholes must overlap nothing (not detected)
     * @workspace none
     * @error per element at most γ(steps · batch + 1) Σ|terms|, the old value being a term when accumulating; proved
     * @special NaN and infinities propagate as in the sums
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source as {@link #forward}
     *
     * @param workers the team that computes
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param hidden elements of the state
     * @param c0 the first cells
     * @param c0Offset index of the first element
     * @param c from {@link #forward}
     * @param cOffset index of the first element
     * @param dGates from {@link #backward}
     * @param dGatesOffset index of the first element
     * @param dPeepholes gradient of the peepholes
     * @param dPeepholesOffset index of the first element
     * @param accumulate whether to add to dPeepholes
     * @throws IllegalArgumentException if a size is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardPeepholes(Workers workers, int steps, int batch, int hidden, float[] c0, int c0Offset,
            float[] c, int cOffset, float[] dGates, int dGatesOffset, float[] dPeepholes, int dPeepholesOffset,
            boolean accumulate) {
        String op = "Lstm.backwardPeepholes";
        Sequences.check(op, workers, steps, batch, 0, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "c0", c0, c0Offset, (long) batch * hidden);
        Checks.vector(op, "c", c, cOffset, states);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4 * states);
        Checks.vector(op, "dPeepholes", dPeepholes, dPeepholesOffset, 3L * hidden);
        workers.reusable(PeepholeGradients.class, PeepholeGradients::new).run(workers, steps, batch, hidden, c0,
                c0Offset, c, cOffset, dGates, dGatesOffset, dPeepholes, dPeepholesOffset, accumulate);
    }

    private static void checkPeepholes(String op, int hidden, float[] peepholes, int peepholesOffset) {
        if (peepholes != null) {
            Checks.vector(op, "peepholes", peepholes, peepholesOffset, 3L * hidden);
        }
    }
}
