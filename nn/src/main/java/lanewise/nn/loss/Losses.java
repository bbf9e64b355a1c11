package lanewise.nn.loss;

import java.util.Arrays;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.QuadraticLossOperation;
import lanewise.nn.autograd.SigmoidCrossEntropyOperation;

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
