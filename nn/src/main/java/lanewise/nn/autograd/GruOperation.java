package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Gru;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the states of a GRU layer over sequences. */
public final class GruOperation extends Operation {

    private static final int GATES = 3;
    private static final int STORED = 4;

    private final boolean resetAfter;
    private final Tensor x;
    private final Tensor wInput;
    private final Tensor wHidden;
    private final Tensor bias;
    private final Tensor h0;
    private final int[] lengths;
    private final Tensor gates;
    // Gradients of what is inside, and of what nobody asks for.
    private final Tensor dGates;
    private final Tensor dh0;
    private final Tensor unasked;

    private GruOperation(Step step, boolean resetAfter, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias,
            Tensor h0, int[] lengths, Tensor gates) {
        this.resetAfter = resetAfter;
        this.x = x;
        this.wInput = wInput;
        this.wHidden = wHidden;
        this.bias = bias;
        this.h0 = h0;
        this.lengths = lengths;
        this.gates = gates;
        dGates = step.result(gates.shape());
        dh0 = step.result(h0.shape());
        unasked = Recurrent.unasked(step, wInput, wHidden, bias);
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
        int hidden = Recurrent.hidden("gru", GATES, STORED, x, wInput, wHidden, bias, h0, h0, lengths);
        Recurrent.Plan plan = Recurrent.plan(step, x, hidden, STORED);
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
        int steps = x.shape().size(0);
        int batch = x.shape().size(1);
        int inputs = x.shape().size(2);
        int hidden = h0.shape().size(1);
        Tensor dy = y.grad();
        Gru.backward(workers, resetAfter, steps, batch, hidden, wHidden.data(), wHidden.offset(), h0.data(),
                h0.offset(), lengths, 0, gates.data(), gates.offset(), y.data(), y.offset(), dy.data(), dy.offset(),
                dGates.data(), dGates.offset(), dh0.data(), dh0.offset());
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            Gru.backwardInput(workers, steps, batch, inputs, hidden, dGates.data(), dGates.offset(), wInput.data(),
                    wInput.offset(), dx.data(), dx.offset(), accumulate);
        }
        if (wInput.requiresGrad() || wHidden.requiresGrad() || bias.requiresGrad()) {
            boolean input = wInput.requiresGrad() && accumulates(wInput);
            boolean state = wHidden.requiresGrad() && accumulates(wHidden);
            boolean biases = bias.requiresGrad() && accumulates(bias);
            Tensor dwInput = wInput.requiresGrad() ? wInput.grad() : unasked;
            Tensor dwHidden = wHidden.requiresGrad() ? wHidden.grad() : unasked;
            Tensor dBias = bias.requiresGrad() ? bias.grad() : unasked;
            Gru.backwardWeights(workers, resetAfter, steps, batch, inputs, hidden, x.data(), x.offset(), h0.data(),
                    h0.offset(), gates.data(), gates.offset(), y.data(), y.offset(), dGates.data(), dGates.offset(),
                    dwInput.data(), dwInput.offset(), input, dwHidden.data(), dwHidden.offset(), state, dBias.data(),
                    dBias.offset(), biases);
        }
        Recurrent.give(workers, dh0, h0, h0.requiresGrad() && accumulates(h0));
    }
}
