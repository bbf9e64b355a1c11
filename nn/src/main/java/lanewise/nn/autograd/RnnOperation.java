package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the states of a plain recurrent layer over sequences. */
public final class RnnOperation extends RecurrentOperation {

    private final RnnFunction function;
    // Gradients of what is inside.
    private final Tensor dSums;

    private RnnOperation(Step step, RnnFunction function, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias,
            Tensor h0, int[] lengths, Tensor y) {
        super(step, x, wInput, wHidden, bias, h0, lengths);
        this.function = function;
        dSums = step.result(y.shape());
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
        int hidden = hidden("rnn", 1, 1, x, wInput, wHidden, bias, h0, h0, lengths);
        Tensor y = step.result(plan(step, x, hidden, 1).states());
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
        Tensor dy = y.grad();
        Rnn.backward(workers, function, steps(), batch(), hidden(), wHidden.data(), wHidden.offset(), lengths, 0,
                y.data(),
                y.offset(), dy.data(), dy.offset(), dSums.data(), dSums.offset(), dh0.data(), dh0.offset());
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            Rnn.backwardInput(workers, steps(), batch(), inputs(), hidden(), dSums.data(), dSums.offset(),
                    wInput.data(),
                    wInput.offset(), dx.data(), dx.offset(), accumulate);
        }
        weights((dwInput, input, dwHidden, state, dBias, biases) -> Rnn.backwardWeights(workers, steps(), batch(),
                inputs(), hidden(), x.data(), x.offset(), h0.data(), h0.offset(), y.data(), y.offset(),
                dSums.data(),
                dSums.offset(), dwInput.data(), dwInput.offset(), input, dwHidden.data(), dwHidden.offset(),
                state, dBias.data(), dBias.offset(), biases));
        contribute(workers, dh0, h0);
    }
}
