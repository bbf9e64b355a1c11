package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Gru;
import lanewise.kernels.recurrent.Lstm;
import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;

/** LSTM, GRU and RNN in one direction: X, W, R, and perhaps B, lengths, the first state, the first cells and peepholes. */
final class RecurrentAdapter implements OperatorAdapter {

    /** The operator, and which of ONNX's gates is each of ours. */
    enum Kind {
        /** i, f, g, o of ONNX's i, o, f, c. */
        LSTM,
        /** r, z, n of ONNX's z, r, h. */
        GRU,
        /** By the hyperbolic tangent. */
        RNN;

        int[] order() {
            return switch (this) {
                case LSTM -> new int[]{0, 2, 3, 1};
                case GRU -> new int[]{1, 0, 2};
                case RNN -> new int[]{0};
            };
        }
    }

    private final Kind kind;

    RecurrentAdapter(Kind kind) {
        this.kind = kind;
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        boolean batchFirst = node.integer("layout", 0) == 1;
        boolean resetAfter = kind == Kind.GRU && node.integer("linear_before_reset", 0) == 1;
        int hidden = node.integer("hidden_size", 0);
        OnnxTensor given = inputs.get(0);
        int steps = given.size(batchFirst ? 1 : 0);
        int batch = given.size(batchFirst ? 0 : 1);
        int size = given.size(2);
        float[] x = batchFirst ? swapped(given.floats(), batch, steps, size) : given.floats();
        int[] order = kind.order();
        float[] w = reordered(inputs.get(1).floats(), order, hidden * size);
        float[] r = reordered(inputs.get(2).floats(), order, hidden * hidden);
        float[] bias = bias(present(inputs, 3) ? inputs.get(3).floats() : new float[2 * order.length * hidden], order,
                hidden);
        int[] lengths = new int[batch];
        Arrays.fill(lengths, steps);
        if (present(inputs, 4)) {
            for (int row = 0; row < batch; row++) {
                lengths[row] = Math.toIntExact(inputs.get(4).integers()[row]);
            }
        }
        // With the batch first and one direction, [batch, 1, hidden] has the order of [1, batch, hidden].
        float[] h0 = present(inputs, 5) ? inputs.get(5).floats() : new float[batch * hidden];
        float[] c0 = present(inputs, 6) ? inputs.get(6).floats() : new float[batch * hidden];
        // p of i, o, f.
        float[] peepholes = present(inputs, 7)
                ? reordered(inputs.get(7).floats(), new int[]{0, 2, 1}, hidden)
                : null;
        float[] gates = new float[4 * steps * batch * hidden];
        float[] c = new float[steps * batch * hidden];
        float[] y = new float[steps * batch * hidden];
        switch (kind) {
            case LSTM -> Lstm.forward(workers, steps, batch, size, hidden, x, 0, w, 0, r, 0, bias, 0, peepholes, 0, h0,
                    0, c0, 0, lengths, 0, gates, 0, c, 0, y, 0);
            case GRU -> Gru.forward(workers, resetAfter, steps, batch, size, hidden, x, 0, w, 0, r, 0, bias, 0, h0, 0,
                    lengths, 0, gates, 0, y, 0);
            case RNN -> Rnn.forward(workers, RnnFunction.TANH, steps, batch, size, hidden, x, 0, w, 0, r, 0, bias, 0,
                    h0, 0, lengths, 0, y, 0);
        }
        List<Integer> last = batchFirst ? List.of(batch, 1, hidden) : List.of(1, batch, hidden);
        List<OnnxTensor> results = new ArrayList<>();
        results.add(batchFirst
                ? OnnxTensor.of(List.of(batch, steps, 1, hidden), swapped(y, steps, batch, hidden))
                : OnnxTensor.of(List.of(steps, 1, batch, hidden), y));
        results.add(OnnxTensor.of(last, last(y, batch, hidden, lengths)));
        if (kind == Kind.LSTM) {
            results.add(OnnxTensor.of(last, last(c, batch, hidden, lengths)));
        }
        return results;
    }

    private static boolean present(List<OnnxTensor> inputs, int number) {
        return inputs.size() > number && inputs.get(number) != null;
    }

    private static float[] reordered(float[] blocks, int[] order, int block) {
        float[] ours = new float[blocks.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(blocks, order[i] * block, ours, i * block, block);
        }
        return ours;
    }

    /** ONNX has biases of inputs, then of states. A GRU keeps that of the state's part of its new state apart. */
    private float[] bias(float[] both, int[] order, int hidden) {
        float[] bias = new float[4 * hidden];
        int gates = order.length * hidden;
        for (int i = 0; i < gates; i++) {
            int from = order[i / hidden] * hidden + i % hidden;
            if (kind == Kind.GRU && i >= 2 * hidden) {
                bias[i] = both[from];
                bias[i + hidden] = both[gates + from];
            } else {
                bias[i] = both[from] + both[gates + from];
            }
        }
        return bias;
    }

    /** From [a, b, n] to [b, a, n]. */
    private static float[] swapped(float[] x, int a, int b, int n) {
        float[] swapped = new float[x.length];
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                System.arraycopy(x, (i * b + j) * n, swapped, (j * a + i) * n, n);
            }
        }
        return swapped;
    }

    private static float[] last(float[] y, int batch, int hidden, int[] lengths) {
        float[] last = new float[batch * hidden];
        for (int row = 0; row < batch; row++) {
            System.arraycopy(y, ((lengths[row] - 1) * batch + row) * hidden, last, row * hidden, hidden);
        }
        return last;
    }
}
