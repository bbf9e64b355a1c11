package lanewise.kernels.recurrent;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.reduction.Reduction;

/**
 * Gated recurrent units over whole sequences, one layer in one direction; with one step, the cell. In PyTorch's order:
 *
 * <pre>
 * r = sigmoid(Wr x + Ur h + br)      z = sigmoid(Wz x + Uz h + bz)
 * n = tanh(Wn x + bn + r (Un h + bq))          with the reset after the product (PyTorch, cuDNN; ONNX linear_before_reset = 1)
 * n = tanh(Wn x + bn + Un (r h) + bq)          with the reset before it (Cho et al.; ONNX linear_before_reset = 0)
 * y = (1 - z) n + z h
 * </pre>
 *
 * where h is the state of the step before. ONNX orders z, r, n.
 */
public final class Gru {

    private Gru() {}

    /**
     * The outputs, and what {@link #backward} needs.
     *
     * @shape x: [steps, batch, inputs]; wInput: [3 hidden, inputs] (Wr, Wz, Wn); wHidden: [3 hidden, hidden]; bias: [4 hidden] (br, bz,
     *        bn, bq); h0: [batch, hidden]; lengths: [batch]; gates: [steps, batch, 4 hidden]; y: [steps, batch, hidden]
     * @writes overwrites gates (r, z, n, and q: Un h + bq with the reset after the product, r h with the reset before) and y; steps of a
     *         row from its length on are 0
     * @aliasing gates and y must overlap nothing (not detected)
     * @workspace packed weights of the team: (inputs + hidden) · 3 hidden elements, rounded up to whole panels, for each pair of
     *            sizes; a vector block of each worker
     * @error of a first-order analysis, e denoting errors before: gates within γ(inputs + hidden + 3) Σ|terms| + Σ|U| e(h) times their
     *        slope plus 2 ULP; y within |1 - z| e(n) + |z| e(h) + |h - n| e(z) and three roundings
     * @special NaN and infinities propagate as in the formulas, within their row
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add; and for any
     *                batch: a row has the bits that it has alone, a sequence those of its steps one by one
     * @source K. Cho et al., Learning phrase representations using RNN encoder-decoder, 2014; PyTorch torch.nn.GRU
     *
     * @param workers the team that computes
     * @param resetAfter whether r is applied after the product with the state
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
     * @param bias biases of r, z, n, and of q
     * @param biasOffset index of the first element
     * @param h0 the first state
     * @param h0Offset index of the first element
     * @param lengths how many steps each sequence has
     * @param lengthsOffset index of the first element
     * @param gates r, z, n and q
     * @param gatesOffset index of the first element
     * @param y the states
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if a size is negative or a length out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, boolean resetAfter, int steps, int batch, int inputs, int hidden,
            float[] x, int xOffset, float[] wInput, int wInputOffset, float[] wHidden, int wHiddenOffset, float[] bias,
            int biasOffset, float[] h0, int h0Offset, int[] lengths, int lengthsOffset, float[] gates,
            int gatesOffset, float[] y, int yOffset) {
        String op = "Gru.forward";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "x", x, xOffset, (long) steps * batch * inputs);
        Checks.vector(op, "wInput", wInput, wInputOffset, 3L * hidden * inputs);
        Checks.vector(op, "wHidden", wHidden, wHiddenOffset, 3L * hidden * hidden);
        Checks.vector(op, "bias", bias, biasOffset, 4L * hidden);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "gates", gates, gatesOffset, 4 * states);
        Checks.vector(op, "y", y, yOffset, states);
        Sequences.checkLengths(op, steps, batch, lengths, lengthsOffset);
        if (states > 0) {
            workers.reusable(GruForward.class, GruForward::new).run(workers, resetAfter, steps, batch, inputs, hidden,
                    x, xOffset, wInput, wInputOffset, wHidden, wHiddenOffset, bias, biasOffset, h0, h0Offset, lengths,
                    lengthsOffset, gates, gatesOffset, y, yOffset);
        }
    }

    /**
     * The gradients of the gates and of the first state, back through time. From those of the gates follow those of inputs
     * ({@link #backwardInput}) and weights ({@link #backwardWeights}).
     *
     * @shape as {@link #forward}; dy: as y; dGates: as gates; dh0: as h0
     * @writes overwrites dGates and dh0
     * @aliasing what is written must overlap nothing (not detected)
     * @workspace packed weights of the team: hidden · 3 hidden elements, rounded up to whole panels
     * @error tested against finite differences of a double-precision reference
     * @special NaN and infinities propagate as in the formulas
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add; a row has the
     *                bits that it has alone
     * @source as {@link #forward}
     *
     * @param workers the team that computes
     * @param resetAfter whether r is applied after the product with the state
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param hidden elements of the state
     * @param wHidden weights of the state
     * @param wHiddenOffset index of the first element
     * @param h0 the first state
     * @param h0Offset index of the first element
     * @param lengths how many steps each sequence has
     * @param lengthsOffset index of the first element
     * @param gates r, z, n and q
     * @param gatesOffset index of the first element
     * @param y the states
     * @param yOffset index of the first element
     * @param dy gradient of the states; that of the last state of a sequence is added to its last step by the caller
     * @param dyOffset index of the first element
     * @param dGates gradients of r, z and n before their functions, and of q
     * @param dGatesOffset index of the first element
     * @param dh0 gradient of the first state
     * @param dh0Offset index of the first element
     * @throws IllegalArgumentException if a size is negative or a length out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, boolean resetAfter, int steps, int batch, int hidden, float[] wHidden,
            int wHiddenOffset, float[] h0, int h0Offset, int[] lengths, int lengthsOffset, float[] gates,
            int gatesOffset, float[] y, int yOffset, float[] dy, int dyOffset, float[] dGates, int dGatesOffset,
            float[] dh0, int dh0Offset) {
        String op = "Gru.backward";
        Sequences.check(op, workers, steps, batch, 0, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "wHidden", wHidden, wHiddenOffset, 3L * hidden * hidden);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "gates", gates, gatesOffset, 4 * states);
        Checks.vector(op, "y", y, yOffset, states);
        Checks.vector(op, "dy", dy, dyOffset, states);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4 * states);
        Checks.vector(op, "dh0", dh0, dh0Offset, (long) batch * hidden);
        Sequences.checkLengths(op, steps, batch, lengths, lengthsOffset);
        if (batch > 0 && hidden > 0) {
            workers.reusable(GruBackward.class, GruBackward::new).run(workers, resetAfter, steps, batch, hidden,
                    wHidden, wHiddenOffset, h0, h0Offset, lengths, lengthsOffset, gates, gatesOffset, y, yOffset, dy,
                    dyOffset, dGates, dGatesOffset, dh0, dh0Offset);
        }
    }

    /**
     * The gradient of the inputs: one product for all steps.
     *
     * @shape dGates: [steps, batch, 4 hidden]; wInput: [3 hidden, inputs]; dx: [steps, batch, inputs]
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
     * @param dGates gradients of r, z and n before their functions, and of q
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
        String op = "Gru.backwardInput";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4L * steps * batch * hidden);
        Checks.vector(op, "wInput", wInput, wInputOffset, 3L * hidden * inputs);
        Checks.vector(op, "dx", dx, dxOffset, (long) steps * batch * inputs);
        RecurrentGradients.input(workers, steps * batch, inputs, 3 * hidden, 4 * hidden, dGates, dGatesOffset, wInput,
                wInputOffset, dx, dxOffset, accumulate);
    }

    /**
     * The gradients of weights and biases: products for all steps.
     *
     * @shape x: [steps, batch, inputs]; h0: [batch, hidden]; gates, dGates: [steps, batch, 4 hidden]; y: [steps, batch, hidden]; dwInput:
     *        [3 hidden, inputs]; dwHidden: [3 hidden, hidden]; dBias: [4 hidden]
     * @writes overwrites dwInput, dwHidden and dBias, or adds to them
     * @aliasing what is written must overlap nothing (not detected)
     * @workspace of the team, twice the larger of the weights; and as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @error as {@link lanewise.kernels.gemm.Gemm#sgemm}; dBias as {@link lanewise.kernels.reduction.Reduction#columnSums}
     * @special NaN and infinities propagate as in the sums
     * @deterministic as {@link lanewise.kernels.gemm.Gemm#sgemm}
     * @source as {@link #forward}
     *
     * @param workers the team that computes
     * @param resetAfter whether r is applied after the product with the state
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param x the inputs
     * @param xOffset index of the first element
     * @param h0 the first state
     * @param h0Offset index of the first element
     * @param gates r, z, n and q
     * @param gatesOffset index of the first element
     * @param y the states
     * @param yOffset index of the first element
     * @param dGates gradients of r, z and n before their functions, and of q
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
    public static void backwardWeights(Workers workers, boolean resetAfter, int steps, int batch, int inputs,
            int hidden, float[] x, int xOffset, float[] h0, int h0Offset, float[] gates, int gatesOffset, float[] y,
            int yOffset, float[] dGates, int dGatesOffset, float[] dwInput, int dwInputOffset,
            boolean accumulateInput, float[] dwHidden, int dwHiddenOffset, boolean accumulateHidden, float[] dBias,
            int dBiasOffset, boolean accumulateBias) {
        String op = "Gru.backwardWeights";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "x", x, xOffset, (long) steps * batch * inputs);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "gates", gates, gatesOffset, 4 * states);
        Checks.vector(op, "y", y, yOffset, states);
        Checks.vector(op, "dGates", dGates, dGatesOffset, 4 * states);
        Checks.vector(op, "dwInput", dwInput, dwInputOffset, 3L * hidden * inputs);
        Checks.vector(op, "dwHidden", dwHidden, dwHiddenOffset, 3L * hidden * hidden);
        Checks.vector(op, "dBias", dBias, dBiasOffset, 4L * hidden);
        int rows = steps * batch;
        int stored = 4 * hidden;
        RecurrentGradients.product(workers, rows, 3 * hidden, inputs, dGates, dGatesOffset, stored, x, xOffset, inputs,
                dwInput, dwInputOffset, accumulateInput);
        RecurrentGradients.state(workers, steps, batch, 2 * hidden, hidden, dGates, dGatesOffset, stored, h0, h0Offset,
                y, yOffset, dwHidden, dwHiddenOffset, accumulateHidden);
        int fresh = dwHiddenOffset + 2 * hidden * hidden;
        if (resetAfter) {
            RecurrentGradients.state(workers, steps, batch, hidden, hidden, dGates, dGatesOffset + 3 * hidden, stored,
                    h0, h0Offset, y, yOffset, dwHidden, fresh, accumulateHidden);
        } else {
            RecurrentGradients.product(workers, rows, hidden, hidden, dGates, dGatesOffset + 2 * hidden, stored, gates,
                    gatesOffset + 3 * hidden, stored, dwHidden, fresh, accumulateHidden);
        }
        // With the reset before the product both biases of n have one gradient.
        int last = resetAfter ? stored : 3 * hidden;
        Reduction.columnSums(workers, rows, last, dGates, dGatesOffset, stored, dBias, dBiasOffset, accumulateBias);
        Reduction.columnSums(workers, rows, stored - last, dGates, dGatesOffset + 2 * hidden, stored, dBias,
                dBiasOffset + last, accumulateBias);
    }
}
