package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Gru;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the states of a GRU layer over sequences. */
public final class GruOperation extends RecurrentOperation {

    private static final int GATES = 3;
    private static final int STORED = 4;

    private final boolean resetAfter;
    private final Tensor gates;
    // Gradients of what is inside.
    private final Tensor dGates;

    private GruOperation(Step step, boolean resetAfter, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias,
            Tensor h0, int[] lengths, Tensor gates) {
        super(step, x, wInput, wHidden, bias, h0, lengths);
        this.resetAfter = resetAfter;
        this.gates = gates;
        dGates = step.result(gates.shape());
    }

    /**
     * The states. Shapes are compared here.
     *
     * @param resetAfter whether the reset gate is applied after the product with the state
     * @param x the inputs, [steps, batch, inputs]
     * @param wInput weights of the inputs, [3 hidden, inputs]
     * @param wHidden weights of the state, [3 hidden, hidden]
     * @param bias biases, [4 hidden]: of r, z, n, and of the state's part of n
     * @param h0 the first state, [batch, hidden]
     * @param lengths how many steps each sequence has, from 1 on; not copied
     * @return [steps, batch, hidden]
     */
    public static Tensor apply(boolean resetAfter, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias, Tensor h0,
            int[] lengths) {
        Step step = Step.of("gru", x, wInput, wHidden);
        Step.of("gru", x, bias, h0);
        int hidden = hidden("gru", GATES, STORED, x, wInput, wHidden, bias, h0, h0, lengths);
        Plan plan = plan(step, x, hidden, STORED);
        Tensor gates = step.result(plan.stored());
        Tensor y = step.result(plan.states());
        Gru.forward(step.workers(), resetAfter, x.shape().size(0), x.shape().size(1), x.shape().size(2), hidden,
                x.data(), x.offset(), wInput.data(), wInput.offset(), wHidden.data(), wHidden.offset(), bias.data(),
                bias.offset(), h0.data(), h0.offset(), lengths, 0, gates.data(), gates.offset(), y.data(), y.offset());
        return step.records(x, wInput, wHidden) || step.records(bias, h0)
                ? step.record(y,
                        new GruOperation(step, resetAfter, x, wInput, wHidden, bias, h0, lengths, gates))
                : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        Gru.backward(workers, resetAfter, steps(), batch(), hidden(), wHidden.data(), wHidden.offset(), h0.data(),
                h0.offset(), lengths, 0, gates.data(), gates.offset(), y.data(), y.offset(), dy.data(), dy.offset(),
                dGates.data(), dGates.offset(), dh0.data(), dh0.offset());
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            Gru.backwardInput(workers, steps(), batch(), inputs(), hidden(), dGates.data(), dGates.offset(),
                    wInput.data(),
                    wInput.offset(), dx.data(), dx.offset(), accumulate);
        }
        weights((dwInput, input, dwHidden, state, dBias, biases) -> Gru.backwardWeights(workers, resetAfter, steps(),
                batch(), inputs(), hidden(), x.data(), x.offset(), h0.data(), h0.offset(), gates.data(),
                gates.offset(), y.data(), y.offset(), dGates.data(), dGates.offset(), dwInput.data(),
                dwInput.offset(), input, dwHidden.data(), dwHidden.offset(), state, dBias.data(),
                dBias.offset(), biases));
        contribute(workers, dh0, h0);
    }
}
