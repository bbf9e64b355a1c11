package lanewise.nn.loss;

import java.util.Arrays;
import lanewise.kernels.loss.NegativeLogLikelihood;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.NegativeLogLikelihoodOperation;

/**
 * The cross-entropy of classes of which one is right, with weights of classes, a label that is ignored, smoothed labels and places
 * after the classes, for example the pixels of a segmentation: PyTorch's {@code CrossEntropyLoss} and {@code NLLLoss}. Without any of
 * these {@link Losses#crossEntropy} is faster.
 */
public final class CrossEntropyLoss {

    /** The label that is ignored if nothing else is said, as in PyTorch. */
    public static final int IGNORED = -100;

    private final float[] weight;
    private int ignored = IGNORED;
    private float smoothing;

    /**
     * A loss in which all classes count alike.
     *
     * @param classes how many there are
     * @throws IllegalArgumentException if there is none
     */
    public CrossEntropyLoss(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("CrossEntropyLoss: classes = " + classes + ", need classes >= 1");
        }
        weight = new float[classes];
        Arrays.fill(weight, 1);
    }

    /**
     * Sets how much each class counts.
     *
     * @param weights one for each class; copied
     * @return this
     * @throws IllegalArgumentException if they are not as many as the classes
     */
    public CrossEntropyLoss weights(float... weights) {
        if (weights.length != weight.length) {
            throw new IllegalArgumentException(
                    "CrossEntropyLoss: weights.length = " + weights.length + ", need classes = " + weight.length);
        }
        System.arraycopy(weights, 0, weight, 0, weights.length);
        return this;
    }

    /**
     * Sets the label whose samples have no loss.
     *
     * @param label any number
     * @return this
     */
    public CrossEntropyLoss ignoring(int label) {
        ignored = label;
        return this;
    }

    /**
     * Sets how much of a label is spread over all classes.
     *
     * @param part from 0 to 1
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public CrossEntropyLoss labelSmoothing(float part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException(
                    "CrossEntropyLoss: labelSmoothing = " + part + ", need 0 <= labelSmoothing <= 1");
        }
        smoothing = part;
        return this;
    }

    /**
     * The mean of the losses: their sum divided by the weights of the labels that are not ignored. NaN if all are ignored.
     *
     * @param logits [batch, classes, ...], before the softmax
     * @param labels the class of each sample, or the ignored label; with places after the classes one for each of them, sample after
     *            sample; not copied, so it must stay unchanged until the step closes; may be longer
     * @return a scalar
     */
    public Tensor mean(Tensor logits, int[] labels) {
        Tensor losses = each(logits, labels);
        double total = NegativeLogLikelihood.weightOfLabels(losses.size(), weight.length, labels, 0, weight, 0,
                ignored);
        return losses.sum().mul((float) (1 / total));
    }

    /**
     * The sum of the losses.
     *
     * @param logits as for {@link #mean}
     * @param labels as for {@link #mean}
     * @return a scalar
     */
    public Tensor sum(Tensor logits, int[] labels) {
        return each(logits, labels).sum();
    }

    /**
     * The losses.
     *
     * @param logits as for {@link #mean}
     * @param labels as for {@link #mean}
     * @return [batch, ...]
     */
    public Tensor each(Tensor logits, int[] labels) {
        check("logits", logits, labels);
        return NegativeLogLikelihoodOperation.apply(logits.logSoftmax(1), labels, weight, ignored, smoothing);
    }

    /**
     * The losses of outputs that are logarithms of probabilities already.
     *
     * @param logP [batch, classes, ...]
     * @param labels as for {@link #mean}
     * @return [batch, ...]
     */
    public Tensor eachOfLogP(Tensor logP, int[] labels) {
        check("logP", logP, labels);
        return NegativeLogLikelihoodOperation.apply(logP, labels, weight, ignored, smoothing);
    }

    private void check(String name, Tensor x, int[] labels) {
        Shape shape = x.shape();
        if (shape.rank() < 2 || shape.size(1) != weight.length) {
            throw new IllegalArgumentException(
                    "CrossEntropyLoss: " + name + " is " + shape + ", need [batch, classes = "
                            + weight.length + ", ...]");
        }
        int needed = x.size() / weight.length;
        if (labels.length < needed) {
            throw new IllegalArgumentException("CrossEntropyLoss: " + name + " is " + shape + ", labels.length = "
                    + labels.length + ", need labels.length >= " + needed);
        }
    }
}
