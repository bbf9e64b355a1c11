package lanewise.kernels.recurrent;

import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.reduction.Reduction;

/**
 * Plain recurrent networks over whole sequences, one layer in one direction; with one step, the cell: y = f(W x + U h + b), where h is y
 * of the step before.
 */
public final class Rnn {

    private Rnn() {}

    /**
     * The states.
     *
     * @shape x: [steps, batch, inputs]; wInput: [hidden, inputs]; wHidden: [hidden, hidden]; bias: [hidden]; h0: [batch, hidden];
     *        lengths: [batch]; y: [steps, batch, hidden]
     * @writes overwrites y; steps of a row from its length on are 0
     * @aliasing y must overlap nothing (not detected)
     * @workspace packed weights of the team: (inputs + hidden) · hidden elements, rounded up to whole panels, for each pair of sizes;
     *            a vector block of each worker
     * @error of a first-order analysis, e denoting errors before: y within γ(inputs + hidden + 2) Σ|terms| + Σ|U| e(h), and with TANH 2 ULP
     * @special NaN and infinities propagate as in the formula, within their row
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add; and for any
     *                batch: a row has the bits that it has alone, a sequence those of its steps one by one
     * @source J. Elman, Finding structure in time, 1990; PyTorch torch.nn.RNN
     *
     * @param workers the team that computes
     * @param function what makes the state of the sum
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
     * @param bias biases
     * @param biasOffset index of the first element
     * @param h0 the first state
     * @param h0Offset index of the first element
     * @param lengths how many steps each sequence has
     * @param lengthsOffset index of the first element
     * @param y the states
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if a size is negative or a length out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, RnnFunction function, int steps, int batch, int inputs, int hidden,
            float[] x, int xOffset, float[] wInput, int wInputOffset, float[] wHidden, int wHiddenOffset, float[] bias,
            int biasOffset, float[] h0, int h0Offset, int[] lengths, int lengthsOffset, float[] y, int yOffset) {
        String op = "Rnn.forward";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        Objects.requireNonNull(function, "Rnn.forward: function is null");
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "x", x, xOffset, (long) steps * batch * inputs);
        Checks.vector(op, "wInput", wInput, wInputOffset, (long) hidden * inputs);
        Checks.vector(op, "wHidden", wHidden, wHiddenOffset, (long) hidden * hidden);
        Checks.vector(op, "bias", bias, biasOffset, hidden);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "y", y, yOffset, states);
        Sequences.checkLengths(op, steps, batch, lengths, lengthsOffset);
        if (states > 0) {
            workers.reusable(RnnForward.class, RnnForward::new).run(workers, function, steps, batch, inputs, hidden, x,
                    xOffset, wInput, wInputOffset, wHidden, wHiddenOffset, bias, biasOffset, h0, h0Offset, lengths,
                    lengthsOffset, y, yOffset);
        }
    }

    /**
     * The gradients of the sums and of the first state, back through time. From those of the sums follow those of inputs
     * ({@link #backwardInput}) and weights ({@link #backwardWeights}).
     *
     * @shape as {@link #forward}; dy, dSums: as y; dh0: as h0
     * @writes overwrites dSums and dh0
     * @aliasing what is written must overlap nothing (not detected)
     * @workspace packed weights of the team: hidden · hidden elements, rounded up to whole panels
     * @error tested against finite differences of a double-precision reference
     * @special NaN and infinities propagate as in the formulas; where RELU gives 0 or NaN, the gradient is 0
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add; a row has the
     *                bits that it has alone
     * @source as {@link #forward}
     *
     * @param workers the team that computes
     * @param function what makes the state of the sum
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param hidden elements of the state
     * @param wHidden weights of the state
     * @param wHiddenOffset index of the first element
     * @param lengths how many steps each sequence has
     * @param lengthsOffset index of the first element
     * @param y the states
     * @param yOffset index of the first element
     * @param dy gradient of the states; that of the last state of a sequence is added to its last step by the caller
     * @param dyOffset index of the first element
     * @param dSums gradient of the sums, before the function
     * @param dSumsOffset index of the first element
     * @param dh0 gradient of the first state
     * @param dh0Offset index of the first element
     * @throws IllegalArgumentException if a size is negative or a length out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, RnnFunction function, int steps, int batch, int hidden,
            float[] wHidden, int wHiddenOffset, int[] lengths, int lengthsOffset, float[] y, int yOffset, float[] dy,
            int dyOffset, float[] dSums, int dSumsOffset, float[] dh0, int dh0Offset) {
        String op = "Rnn.backward";
        Sequences.check(op, workers, steps, batch, 0, hidden);
        Objects.requireNonNull(function, "Rnn.backward: function is null");
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "wHidden", wHidden, wHiddenOffset, (long) hidden * hidden);
        Checks.vector(op, "y", y, yOffset, states);
        Checks.vector(op, "dy", dy, dyOffset, states);
        Checks.vector(op, "dSums", dSums, dSumsOffset, states);
        Checks.vector(op, "dh0", dh0, dh0Offset, (long) batch * hidden);
        Sequences.checkLengths(op, steps, batch, lengths, lengthsOffset);
        if (batch > 0 && hidden > 0) {
            workers.reusable(RnnBackward.class, RnnBackward::new).run(workers, function, steps, batch, hidden, wHidden,
                    wHiddenOffset, lengths, lengthsOffset, y, yOffset, dy, dyOffset, dSums, dSumsOffset, dh0,
                    dh0Offset);
        }
    }

    /**
     * The gradient of the inputs: one product for all steps.
     *
     * @shape dSums: [steps, batch, hidden]; wInput: [hidden, inputs]; dx: [steps, batch, inputs]
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
     * @param dSums gradient of the sums, before the function
     * @param dSumsOffset index of the first element
     * @param wInput weights of the inputs
     * @param wInputOffset index of the first element
     * @param dx gradient of the inputs
     * @param dxOffset index of the first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if a size is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardInput(Workers workers, int steps, int batch, int inputs, int hidden, float[] dSums,
            int dSumsOffset, float[] wInput, int wInputOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "Rnn.backwardInput";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        Checks.vector(op, "dSums", dSums, dSumsOffset, (long) steps * batch * hidden);
        Checks.vector(op, "wInput", wInput, wInputOffset, (long) hidden * inputs);
        Checks.vector(op, "dx", dx, dxOffset, (long) steps * batch * inputs);
        RecurrentGradients.input(workers, steps * batch, inputs, hidden, hidden, dSums, dSumsOffset, wInput,
                wInputOffset, dx, dxOffset, accumulate);
    }

    /**
     * The gradients of weights and biases: one product each for all steps.
     *
     * @shape x: [steps, batch, inputs]; h0: [batch, hidden]; y, dSums: [steps, batch, hidden]; dwInput: [hidden, inputs]; dwHidden: [hidden,
     *        hidden]; dBias: [hidden]
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
     * @param y the states
     * @param yOffset index of the first element
     * @param dSums gradient of the sums, before the function
     * @param dSumsOffset index of the first element
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
            int xOffset, float[] h0, int h0Offset, float[] y, int yOffset, float[] dSums, int dSumsOffset,
            float[] dwInput, int dwInputOffset, boolean accumulateInput, float[] dwHidden, int dwHiddenOffset,
            boolean accumulateHidden, float[] dBias, int dBiasOffset, boolean accumulateBias) {
        String op = "Rnn.backwardWeights";
        Sequences.check(op, workers, steps, batch, inputs, hidden);
        long states = (long) steps * batch * hidden;
        Checks.vector(op, "x", x, xOffset, (long) steps * batch * inputs);
        Checks.vector(op, "h0", h0, h0Offset, (long) batch * hidden);
        Checks.vector(op, "y", y, yOffset, states);
        Checks.vector(op, "dSums", dSums, dSumsOffset, states);
        Checks.vector(op, "dwInput", dwInput, dwInputOffset, (long) hidden * inputs);
        Checks.vector(op, "dwHidden", dwHidden, dwHiddenOffset, (long) hidden * hidden);
        Checks.vector(op, "dBias", dBias, dBiasOffset, hidden);
        int rows = steps * batch;
        RecurrentGradients.product(workers, rows, hidden, inputs, dSums, dSumsOffset, hidden, x, xOffset, inputs,
                dwInput, dwInputOffset, accumulateInput);
        RecurrentGradients.state(workers, steps, batch, hidden, hidden, dSums, dSumsOffset, hidden, h0, h0Offset, y,
                yOffset, dwHidden, dwHiddenOffset, accumulateHidden);
        Reduction.columnSums(workers, rows, hidden, dSums, dSumsOffset, hidden, dBias, dBiasOffset, accumulateBias);
    }
}
