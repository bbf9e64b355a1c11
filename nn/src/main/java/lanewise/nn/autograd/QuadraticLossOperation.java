package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** loss = 1 / (2 batch) * sum (output - target)^2. */
public final class QuadraticLossOperation extends Operation {

    private final Tensor output;
    private final Tensor target;
    private final float scale;

    private QuadraticLossOperation(Tensor output, Tensor target, float scale) {
        this.output = output;
        this.target = target;
        this.scale = scale;
    }

    /**
     * The loss.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return a scalar
     */
    public static Tensor apply(Tensor output, Tensor target) {
        LossArguments.check("quadratic", "output", output, target);
        Step step = Step.of("quadratic", output, target);
        float scale = 1f / output.shape().size(0);
        Tensor loss = step.result(Shape.SCALAR);
        QuadraticLoss.forward(step.workers(), output.size(), scale, output.data(), output.offset(), target.data(),
                target.offset(),
                loss.data(), loss.offset());
        return step.records(output) ? step.record(loss, new QuadraticLossOperation(output, target, scale)) : loss;
    }

    @Override
    protected void backward(Workers workers, Tensor loss) {
        boolean accumulate = accumulates(output);
        Tensor dLoss = loss.grad();
        Tensor dOutput = output.grad();
        QuadraticLoss.backward(workers, output.size(), scale, output.data(), output.offset(), target.data(),
                target.offset(), dLoss.data(),
                dLoss.offset(), dOutput.data(), dOutput.offset(), accumulate);
    }
}
