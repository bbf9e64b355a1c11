package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** loss = -1 / batch * sum log softmax(z)[label], for logits z and a label for each row of them. */
public final class SoftmaxCrossEntropyOperation extends Operation {

    private final Tensor logits;
    private final int[] labels;

    private SoftmaxCrossEntropyOperation(Tensor logits, int[] labels) {
        this.logits = logits;
        this.labels = labels;
    }

    /**
     * The loss.
     *
     * @param logits [batch, classes]
     * @param labels the class of each row, in [0, classes); may be longer than the batch
     * @return a scalar
     */
    public static Tensor apply(Tensor logits, int[] labels) {
        Shape shape = logits.shape();
        if (shape.rank() != 2 || shape.size(0) == 0) {
            throw new IllegalArgumentException(
                    "crossEntropy: logits is " + shape + ", need [batch, classes] with batch >= 1");
        }
        int batch = shape.size(0);
        int classes = shape.size(1);
        if (labels.length < batch) {
            throw new IllegalArgumentException("crossEntropy: logits is " + shape + ", labels.length = " + labels.length
                    + ", need labels.length >= " + batch);
        }
        Step step = Step.of("crossEntropy", logits);
        Tensor loss = step.result(Shape.SCALAR);
        SoftmaxCrossEntropy.forward(step.workers(), batch, classes, 1f / batch, logits.data(), logits.offset(), classes,
                labels, 0, loss.data(), loss.offset());
        return step.records(logits) ? step.record(loss, new SoftmaxCrossEntropyOperation(logits, labels)) : loss;
    }

    @Override
    protected void backward(Workers workers, Tensor loss) {
        int batch = logits.shape().size(0);
        int classes = logits.shape().size(1);
        boolean accumulate = accumulates(logits);
        Tensor dLoss = loss.grad();
        Tensor dLogits = logits.grad();
        SoftmaxCrossEntropy.backward(workers, batch, classes, 1f / batch, logits.data(), logits.offset(), classes,
                labels, 0, dLoss.data(), dLoss.offset(), dLogits.data(), dLogits.offset(), classes, accumulate);
    }
}
