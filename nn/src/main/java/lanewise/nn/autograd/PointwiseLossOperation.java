package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.LossFunction;
import lanewise.kernels.loss.PointwiseLoss;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** The loss of each output. */
public final class PointwiseLossOperation extends Operation {

    private final LossFunction function;
    private final float delta;
    private final Tensor output;
    private final Tensor target;

    private PointwiseLossOperation(LossFunction function, float delta, Tensor output, Tensor target) {
        this.function = function;
        this.delta = delta;
        this.output = output;
        this.target = target;
    }

    /**
     * The losses.
     *
     * @param name of the operation, for messages
     * @param function what is computed
     * @param delta where HUBER becomes a line
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return the same shape
     */
    public static Tensor apply(String name, LossFunction function, float delta, Tensor output, Tensor target) {
        LossArguments.check(name, "output", output, target);
        Step step = Step.of(name, output, target);
        Tensor losses = step.result(output.shape());
        PointwiseLoss.forward(step.workers(), function, output.size(), delta, output.data(), output.offset(),
                target.data(), target.offset(), losses.data(), losses.offset());
        return step.records(output)
                ? step.record(losses, new PointwiseLossOperation(function, delta, output, target))
                : losses;
    }

    @Override
    protected void backward(Workers workers, Tensor losses) {
        boolean accumulate = accumulates(output);
        Tensor dLosses = losses.grad();
        Tensor dOutput = output.grad();
        PointwiseLoss.backward(workers, function, output.size(), delta, output.data(), output.offset(), target.data(),
                target.offset(), dLosses.data(), dLosses.offset(), dOutput.data(), dOutput.offset(), accumulate);
    }
}
