package lanewise.nn.autograd;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.recurrent.Lstm;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the states of an LSTM layer over sequences. */
public final class LstmOperation extends RecurrentOperation {

    private static final int GATES = 4;

    /**
     * What an LSTM layer gives.
     *
     * @param y the states, [steps, batch, hidden]
     * @param c the last cells of each sequence, [batch, hidden]
     */
    public record Output(Tensor y, Tensor c) {}

    private final Tensor peepholes;
    private final Tensor c0;
    private final Tensor gates;
    private final Tensor cells;
    // Gradients of what is inside.
    private final Tensor dGates;
    private final Tensor dcN;
    private final Tensor dc0;

    private LstmOperation(Step step, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias, Tensor peepholes,
            Tensor h0, Tensor c0, int[] lengths, Tensor gates, Tensor cells) {
        super(step, x, wInput, wHidden, bias, h0, lengths);
        this.peepholes = peepholes;
        this.c0 = c0;
        this.gates = gates;
        this.cells = cells;
        dGates = step.result(gates.shape());
        dcN = step.result(h0.shape());
        dc0 = step.result(h0.shape());
        Arrays.fill(dcN.data(), dcN.offset(), dcN.offset() + dcN.size(), 0f);
    }

    /**
     * The states and the last cells. Shapes are compared here.
     *
     * @param x the inputs, [steps, batch, inputs]
     * @param wInput weights of the inputs, [4 hidden, inputs]
     * @param wHidden weights of the state, [4 hidden, hidden]
     * @param bias biases, [4 hidden]
     * @param peepholes weights of the cells in the gates i, f and o, [3 hidden], or null
     * @param h0 the first state, [batch, hidden]
     * @param c0 the first cells, [batch, hidden]
     * @param lengths how many steps each sequence has, from 1 on; not copied
     * @return states and cells
     */
    public static Output apply(Tensor x, Tensor wInput, Tensor wHidden, Tensor bias, Tensor peepholes, Tensor h0,
            Tensor c0, int[] lengths) {
        Step step = Step.of("lstm", x, wInput, wHidden);
        Step.of("lstm", x, h0, c0);
        int hidden = hidden("lstm", GATES, GATES, x, wInput, wHidden, bias, h0, c0, lengths);
        if (peepholes != null && (peepholes.shape().rank() != 1 || peepholes.size() != 3 * hidden)) {
            throw new IllegalArgumentException(
                    "lstm: peepholes is " + peepholes.shape() + ", need [" + 3 * hidden + "]");
        }
        int steps = x.shape().size(0);
        int batch = x.shape().size(1);
        int inputs = x.shape().size(2);
        Plan plan = plan(step, x, hidden, GATES);
        Tensor gates = step.result(plan.stored());
        Tensor cells = step.result(plan.states());
        Tensor y = step.result(cells.shape());
        Lstm.forward(step.workers(), steps, batch, inputs, hidden, x.data(), x.offset(), wInput.data(),
                wInput.offset(), wHidden.data(), wHidden.offset(), bias.data(), bias.offset(), data(peepholes),
                offset(peepholes), h0.data(), h0.offset(), c0.data(), c0.offset(), lengths, 0, gates.data(),
                gates.offset(), cells.data(), cells.offset(),
                y.data(), y.offset());
        boolean records = step.records(x, wInput, wHidden) || step.records(bias, h0, c0)
                || (peepholes != null && step.records(peepholes));
        LstmOperation operation = records
                ? new LstmOperation(step, x, wInput, wHidden, bias, peepholes, h0, c0, lengths, gates, cells)
                : null;
        Tensor states = records ? step.record(y, operation) : y;
        Tensor last = step.result(h0.shape());
        for (int row = 0; row < batch; row++) {
            System.arraycopy(cells.data(), cells.offset() + ((lengths[row] - 1) * batch + row) * hidden, last.data(),
                    last.offset() + row * hidden, hidden);
        }
        return new Output(states, records ? step.record(last, operation.new LastCells(states)) : last);
    }

    private static float[] data(Tensor optional) {
        return optional == null ? null : optional.data();
    }

    private static int offset(Tensor optional) {
        return optional == null ? 0 : optional.offset();
    }

    /** Brings the gradient of the last cells to the sequence, whose backward comes after. */
    private final class LastCells extends Operation {

        private final Tensor y;

        LastCells(Tensor y) {
            this.y = y;
        }

        @Override
        protected void backward(Workers workers, Tensor c) {
            Tensor dc = c.grad();
            Elementwise.add(workers, dc.size(), dc.data(), dc.offset(), dcN.data(), dcN.offset(), dcN.data(),
                    dcN.offset());
            if (!accumulates(y)) {
                Tensor dy = y.grad();
                Arrays.fill(dy.data(), dy.offset(), dy.offset() + dy.size(), 0f);
            }
        }
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        Lstm.backward(workers, steps(), batch(), hidden(), wHidden.data(), wHidden.offset(), data(peepholes),
                offset(peepholes), c0.data(), c0.offset(), lengths,
                0, gates.data(), gates.offset(), cells.data(), cells.offset(), dy.data(), dy.offset(), dcN.data(),
                dcN.offset(), dGates.data(), dGates.offset(), dh0.data(), dh0.offset(), dc0.data(), dc0.offset());
        Arrays.fill(dcN.data(), dcN.offset(), dcN.offset() + dcN.size(), 0f); // used up, should there be another backward
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            Lstm.backwardInput(workers, steps(), batch(), inputs(), hidden(), dGates.data(), dGates.offset(),
                    wInput.data(),
                    wInput.offset(), dx.data(), dx.offset(), accumulate);
        }
        weights((dwInput, input, dwHidden, state, dBias, biases) -> Lstm.backwardWeights(workers, steps(), batch(),
                inputs(), hidden(), x.data(), x.offset(), h0.data(), h0.offset(), y.data(), y.offset(),
                dGates.data(),
                dGates.offset(), dwInput.data(), dwInput.offset(), input, dwHidden.data(), dwHidden.offset(),
                state, dBias.data(), dBias.offset(), biases));
        if (peepholes != null && peepholes.requiresGrad()) {
            boolean accumulate = accumulates(peepholes);
            Tensor dPeepholes = peepholes.grad();
            Lstm.backwardPeepholes(workers, steps(), batch(), hidden(), c0.data(), c0.offset(), cells.data(),
                    cells.offset(), dGates.data(), dGates.offset(), dPeepholes.data(), dPeepholes.offset(),
                    accumulate);
        }
        contribute(workers, dh0, h0);
        contribute(workers, dc0, c0);
    }
}
