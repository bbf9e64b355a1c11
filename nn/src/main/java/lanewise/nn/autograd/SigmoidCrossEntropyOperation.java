package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** loss = -1 / batch * sum (t log sigmoid(z) + (1 - t) log(1 - sigmoid(z))), for logits z and targets t. */
public final class SigmoidCrossEntropyOperation extends Operation {

    private final Tensor logits;
    private final Tensor target;
    private final float scale;

    private SigmoidCrossEntropyOperation(Tensor logits, Tensor target, float scale) {
        this.logits = logits;
        this.target = target;
        this.scale = scale;
    }

    /**
     * The loss.
     *
     * @param logits [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return a scalar
     */
    public static Tensor apply(Tensor logits, Tensor target) {
        LossArguments.check("binaryCrossEntropyWithLogits", "logits", logits, target);
        Step step = Step.of("binaryCrossEntropyWithLogits", logits, target);
        float scale = 1f / logits.shape().size(0);
        Tensor loss = step.result(Shape.SCALAR);
        SigmoidCrossEntropy.forward(step.workers(), logits.size(), scale, logits.data(), logits.offset(), target.data(),
                target.offset(),
                loss.data(), loss.offset());
        return step.records(logits) ? step.record(loss, new SigmoidCrossEntropyOperation(logits, target, scale)) : loss;
    }

    @Override
    protected void backward(Workers workers, Tensor loss) {
        boolean accumulate = accumulates(logits);
        Tensor dLoss = loss.grad();
        Tensor dLogits = logits.grad();
        SigmoidCrossEntropy.backward(workers, logits.size(), scale, logits.data(), logits.offset(), target.data(),
                target.offset(), dLoss.data(),
                dLoss.offset(), dLogits.data(), dLogits.offset(), accumulate);
    }
}
