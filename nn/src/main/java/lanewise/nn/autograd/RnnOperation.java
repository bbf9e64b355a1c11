package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the states of a plain recurrent layer over sequences. */
public final class RnnOperation extends Operation {

    private final RnnFunction function;
    private final Tensor x;
    private final Tensor wInput;
    private final Tensor wHidden;
    private final Tensor bias;
    private final Tensor h0;
    private final int[] lengths;
    // Gradients of what is inside, and of what nobody asks for.
    private final Tensor dSums;
    private final Tensor dh0;
    private final Tensor unasked;

    private RnnOperation(Step step, RnnFunction function, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias,
            Tensor h0, int[] lengths, Tensor y) {
        this.function = function;
        this.x = x;
        this.wInput = wInput;
        this.wHidden = wHidden;
        this.bias = bias;
        this.h0 = h0;
        this.lengths = lengths;
        dSums = step.result(y.shape());
        dh0 = step.result(h0.shape());
        unasked = Recurrent.unasked(step, wInput, wHidden, bias);
    }

    /**
     * The states. Shapes are compared here.
     *
     * @param function what makes the state of the sum
     * @param x the inputs, [steps, batch, inputs]
     * @param wInput weights of the inputs, [hidden, inputs]
     * @param wHidden weights of the state, [hidden, hidden]
     * @param bias biases, [hidden]
     * @param h0 the first state, [batch, hidden]
     * @param lengths how many steps each sequence has, from 1 on; not copied
     * @return [steps, batch, hidden]
     */
    public static Tensor apply(RnnFunction function, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias, Tensor h0,
            int[] lengths) {
        Step step = Step.of("rnn", x, wInput, wHidden);
        Step.of("rnn", x, bias, h0);
        int hidden = Recurrent.hidden("rnn", 1, 1, x, wInput, wHidden, bias, h0, h0, lengths);
        Tensor y = step.result(Recurrent.plan(step, x, hidden, 1).states());
        Rnn.forward(step.workers(), function, x.shape().size(0), x.shape().size(1), x.shape().size(2), hidden,
                x.data(), x.offset(), wInput.data(), wInput.offset(), wHidden.data(), wHidden.offset(), bias.data(),
                bias.offset(), h0.data(), h0.offset(), lengths, 0, y.data(), y.offset());
        return step.records(x, wInput, wHidden) || step.records(bias, h0)
                ? step.record(y,
                        new RnnOperation(step, function, x, wInput, wHidden, bias, h0, lengths, y))
                : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        int steps = x.shape().size(0);
        int batch = x.shape().size(1);
        int inputs = x.shape().size(2);
        int hidden = h0.shape().size(1);
        Tensor dy = y.grad();
        Rnn.backward(workers, function, steps, batch, hidden, wHidden.data(), wHidden.offset(), lengths, 0, y.data(),
                y.offset(), dy.data(), dy.offset(), dSums.data(), dSums.offset(), dh0.data(), dh0.offset());
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            Rnn.backwardInput(workers, steps, batch, inputs, hidden, dSums.data(), dSums.offset(), wInput.data(),
                    wInput.offset(), dx.data(), dx.offset(), accumulate);
        }
        if (wInput.requiresGrad() || wHidden.requiresGrad() || bias.requiresGrad()) {
            boolean input = wInput.requiresGrad() && accumulates(wInput);
            boolean state = wHidden.requiresGrad() && accumulates(wHidden);
            boolean biases = bias.requiresGrad() && accumulates(bias);
            Tensor dwInput = wInput.requiresGrad() ? wInput.grad() : unasked;
            Tensor dwHidden = wHidden.requiresGrad() ? wHidden.grad() : unasked;
            Tensor dBias = bias.requiresGrad() ? bias.grad() : unasked;
            Rnn.backwardWeights(workers, steps, batch, inputs, hidden, x.data(), x.offset(), h0.data(), h0.offset(),
                    y.data(), y.offset(), dSums.data(), dSums.offset(), dwInput.data(), dwInput.offset(), input,
                    dwHidden.data(), dwHidden.offset(), state, dBias.data(), dBias.offset(), biases);
        }
        Recurrent.give(workers, dh0, h0, h0.requiresGrad() && accumulates(h0));
    }
}
