package lanewise.nn.loss;

import java.util.Arrays;
import lanewise.kernels.loss.LossFunction;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.PointwiseLossOperation;
import lanewise.nn.autograd.QuadraticLossOperation;
import lanewise.nn.autograd.SigmoidCrossEntropyOperation;
import lanewise.nn.autograd.SoftmaxCrossEntropyOperation;

/** Losses: from an output and what it should have been to one number. */
public final class Losses {

    private Losses() {}

    /**
     * 1 / (2 batch) * sum (output - target)^2: the quadratic cost, a mean over samples of half the squared distance
     * (Nielsen, ch. 1). PyTorch's {@code MSELoss} divides by the number of elements instead of 2 batch.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return a scalar
     */
    public static Tensor quadratic(Tensor output, Tensor target) {
        return QuadraticLossOperation.apply(output, target);
    }

    /**
     * -1 / batch * sum (t log sigmoid(z) + (1 - t) log(1 - sigmoid(z))) for logits z and targets t: the cross-entropy of
     * sigmoid outputs, a mean over samples of the sum over outputs (Nielsen, ch. 3). Computed from the logits, so that
     * large ones do no harm. PyTorch's {@code BCEWithLogitsLoss} by default also divides by the number of outputs.
     *
     * @param logits [batch, ...], before the sigmoid
     * @param target the same shape; must not require a gradient
     * @return a scalar
     */
    public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor target) {
        return SigmoidCrossEntropyOperation.apply(logits, target);
    }

    /**
     * -1 / batch * sum log softmax(z)[label] for logits z and a label per sample: the cross-entropy of classes of which one
     * is right, a mean over samples. Computed from the logits, so that large ones do no harm and small losses keep their
     * digits. PyTorch's {@code CrossEntropyLoss}.
     *
     * @param logits [batch, classes], before the softmax
     * @param labels the class of each sample, in [0, classes); not copied, so it must stay unchanged until the step closes;
     *            may be longer than the batch
     * @return a scalar
     */
    public static Tensor crossEntropy(Tensor logits, int[] labels) {
        return SoftmaxCrossEntropyOperation.apply(logits, labels);
    }

    /**
     * -1 / batch * sum advantage * log p of random choices: its gradient is that of REINFORCE (Williams 1992), an unbiased estimate of the
     * gradient of the negative mean reward, whatever the baseline does not know of the choice.
     *
     * @param logProbability the logarithm of the probability of each choice, [batch]
     * @param advantage the reward of each minus a baseline, such as the mean of earlier rewards, [batch]; a constant: no gradient flows
     *            through it
     * @return a scalar
     */
    public static Tensor reinforce(Tensor logProbability, Tensor advantage) {
        if (!logProbability.shape().equals(advantage.shape())) {
            throw new IllegalArgumentException("reinforce: logProbability is " + logProbability.shape()
                    + ", advantage is " + advantage.shape() + ", need equal shapes");
        }
        return logProbability.mul(advantage.detach()).sum().mul(-1f / logProbability.size());
    }

    /**
     * |output - target|, element by element: PyTorch's {@code L1Loss} without reduction.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return the same shape; its sum or mean is a loss to minimize
     */
    public static Tensor absolute(Tensor output, Tensor target) {
        return PointwiseLossOperation.apply("absolute", LossFunction.ABSOLUTE, 1, output, target);
    }

    /**
     * (output - target)^2, element by element: PyTorch's {@code MSELoss} without reduction.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return the same shape; its sum or mean is a loss to minimize
     */
    public static Tensor squared(Tensor output, Tensor target) {
        return PointwiseLossOperation.apply("squared", LossFunction.SQUARED, 1, output, target);
    }

    /**
     * Half of the squared difference up to delta and a line beyond it, element by element: PyTorch's {@code HuberLoss} without reduction.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @param delta where it becomes a line, positive
     * @return the same shape; its sum or mean is a loss to minimize
     */
    public static Tensor huber(Tensor output, Tensor target, float delta) {
        return PointwiseLossOperation.apply("huber", LossFunction.HUBER, delta, output, target);
    }

    /**
     * max(0, 1 - target · output) for targets of 1 and -1, element by element.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return the same shape; its sum or mean is a loss to minimize
     */
    public static Tensor hinge(Tensor output, Tensor target) {
        return PointwiseLossOperation.apply("hinge", LossFunction.HINGE, 1, output, target);
    }

    /**
     * target · (log target - output) for probabilities and logarithms of probabilities, element by element: PyTorch's {@code KLDivLoss} without
     * reduction. With {@code x.mul(1 / t).logSoftmax(1)} and softened targets it is the loss of distillation.
     *
     * @param output [batch, ...]
     * @param target the same shape; must not require a gradient
     * @return the same shape; its sum or mean is a loss to minimize
     */
    public static Tensor klDivergence(Tensor output, Tensor target) {
        return PointwiseLossOperation.apply("klDivergence", LossFunction.KL_DIVERGENCE, 1, output, target);
    }

    /**
     * -target · log output - (1 - target) · log(1 - output) for probabilities, element by element: PyTorch's {@code BCELoss} without
     * reduction. From logits, {@link #binaryCrossEntropyWithLogits} is more exact.
     *
     * @param output [batch, ...], in [0, 1]
     * @param target the same shape; must not require a gradient
     * @return the same shape; its sum or mean is a loss to minimize
     */
    public static Tensor binaryCrossEntropy(Tensor output, Tensor target) {
        return PointwiseLossOperation.apply("binaryCrossEntropy", LossFunction.BINARY_CROSS_ENTROPY, 1, output, target);
    }

    /**
     * Writes labels as rows of zeros with a one at the label.
     *
     * @param labels labels in [0, classes)
     * @param count how many of them, from the first
     * @param classes length of a row
     * @param target receives [count, classes]
     * @throws IllegalArgumentException if a label is out of range
     */
    public static void oneHot(int[] labels, int count, int classes, float[] target) {
        for (int i = 0; i < count; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "oneHot: labels[" + i + "] = " + labels[i] + ", need 0 <= label < " + classes);
            }
        }
        Arrays.fill(target, 0, count * classes, 0);
        for (int i = 0; i < count; i++) {
            target[i * classes + labels[i]] = 1;
        }
    }
}
