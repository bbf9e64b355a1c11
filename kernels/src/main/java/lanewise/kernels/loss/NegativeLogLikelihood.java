package lanewise.kernels.loss;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/**
 * Minus the logarithm of the probability of what is right, of each sample or of each place of it: with weights of classes, a label
 * that is ignored, and smoothed labels. After {@code LogSoftmax} it is the cross-entropy; {@link SoftmaxCrossEntropy} is faster
 * where none of these is needed.
 */
public final class NegativeLogLikelihood {

    private NegativeLogLikelihood() {}

    /**
     * loss[i][s] ← −(1 − smoothing) · weight[t] · logP[i][t][s] − smoothing / classes · Σ<sub>c</sub> weight[c] · logP[i][c][s]
     * with t = label[i][s], and 0 where t is the ignored label.
     *
     * @shape logP: n × classes × spatial; label, loss: n × spatial; weight: classes
     * @writes overwrites loss
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error at most γ(classes + 4)·Σ|terms|, without smoothing γ(1)·|loss|; proved
     * @special NaN and infinities propagate as in the formula; what belongs to the ignored label, or with smoothing = 0 to other
     *          classes, is not read; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX NegativeLogLikelihoodLoss-13 with reduction "none"; label smoothing: Szegedy et al. 2015, PyTorch CrossEntropyLoss
     *
     * @param workers the team that computes
     * @param n number of samples
     * @param classes number of classes
     * @param spatial places of a sample
     * @param logP logarithms of probabilities
     * @param logPOffset index of the first
     * @param label which class is right, from 0 to classes − 1, or the ignored label
     * @param labelOffset index of the first
     * @param weight factor of each class
     * @param weightOffset index of the first
     * @param ignored the label without loss; any number that is no class if there is none
     * @param smoothing the part of a label that all classes share, from 0 to 1
     * @param loss the losses
     * @param lossOffset index of the first
     * @throws IllegalArgumentException if n, classes or spatial is negative, smoothing is not in 0 to 1, or a label is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, int classes, int spatial, float[] logP, int logPOffset,
            int[] label, int labelOffset, float[] weight, int weightOffset, int ignored, float smoothing, float[] loss,
            int lossOffset) {
        String op = "NegativeLogLikelihood.forward";
        Checks.workers(op, workers);
        check(op, n, classes, spatial, smoothing);
        Checks.vector(op, "logP", logP, logPOffset, RowJob.length(n, classes, spatial));
        labels(op, classes, (long) n * spatial, label, labelOffset, ignored);
        Checks.vector(op, "weight", weight, weightOffset, classes);
        Checks.vector(op, "loss", loss, lossOffset, (long) n * spatial);
        workers.reusable(NegativeLogLikelihoodJob.class, NegativeLogLikelihoodJob::new)
                .labels(label, labelOffset, ignored, weight, weightOffset, smoothing)
                .forward(workers, n, classes, spatial, logP, logPOffset, loss, lossOffset);
    }

    /**
     * dLogP[i][c][s] ← −dLoss[i][s] · weight[c] · (smoothing / classes + (1 − smoothing if c is label[i][s], else 0)), and 0 where that is
     * the ignored label; or dLogP plus that.
     *
     * @shape dLoss, label: n × spatial; weight: classes; dLogP: n × classes × spatial
     * @writes overwrites dLogP, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error at most γ(5)·|dLogP|, and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of samples
     * @param classes number of classes
     * @param spatial places of a sample
     * @param label which class is right, from 0 to classes − 1, or the ignored label
     * @param labelOffset index of the first
     * @param weight factor of each class
     * @param weightOffset index of the first
     * @param ignored the label without loss
     * @param smoothing the part of a label that all classes share, from 0 to 1
     * @param dLoss gradient with respect to the losses
     * @param dLossOffset index of its first element
     * @param dLogP gradient with respect to logP
     * @param dLogPOffset index of its first element
     * @param accumulate whether to add to dLogP
     * @throws IllegalArgumentException if n, classes or spatial is negative, smoothing is not in 0 to 1, or a label is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, int classes, int spatial, int[] label, int labelOffset,
            float[] weight, int weightOffset, int ignored, float smoothing, float[] dLoss, int dLossOffset,
            float[] dLogP, int dLogPOffset, boolean accumulate) {
        String op = "NegativeLogLikelihood.backward";
        Checks.workers(op, workers);
        check(op, n, classes, spatial, smoothing);
        labels(op, classes, (long) n * spatial, label, labelOffset, ignored);
        Checks.vector(op, "weight", weight, weightOffset, classes);
        Checks.vector(op, "dLoss", dLoss, dLossOffset, (long) n * spatial);
        Checks.vector(op, "dLogP", dLogP, dLogPOffset, RowJob.length(n, classes, spatial));
        workers.reusable(NegativeLogLikelihoodJob.class, NegativeLogLikelihoodJob::new)
                .labels(label, labelOffset, ignored, weight, weightOffset, smoothing)
                .backward(workers, n, classes, spatial, dLoss, dLossOffset, dLogP, dLogPOffset, accumulate);
    }

    /**
     * The sum of the weights of all labels but the ignored ones: what a mean of losses is divided by.
     *
     * @shape label: count; weight: classes
     * @writes nothing
     * @aliasing none possible
     * @workspace none
     * @error that of a sum in double precision
     * @special NaN and infinities propagate as in the sum; without labels 0
     * @deterministic the same bits always
     * @source ONNX NegativeLogLikelihoodLoss-13 with reduction "mean"
     *
     * @param count number of labels
     * @param classes number of classes
     * @param label labels, from 0 to classes − 1, or the ignored one
     * @param labelOffset index of the first
     * @param weight factor of each class
     * @param weightOffset index of the first
     * @param ignored the label without loss
     * @return the sum
     * @throws IllegalArgumentException if count or classes is negative, or a label is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static double weightOfLabels(int count, int classes, int[] label, int labelOffset, float[] weight,
            int weightOffset, int ignored) {
        String op = "NegativeLogLikelihood.weightOfLabels";
        Checks.size(op, "count", count);
        Checks.size(op, "classes", classes);
        labels(op, classes, count, label, labelOffset, ignored);
        Checks.vector(op, "weight", weight, weightOffset, classes);
        double sum = 0;
        for (int i = labelOffset; i < labelOffset + count; i++) {
            if (label[i] != ignored) {
                sum += weight[weightOffset + label[i]];
            }
        }
        return sum;
    }

    private static void check(String op, int n, int classes, int spatial, float smoothing) {
        Checks.size(op, "n", n);
        Checks.size(op, "classes", classes);
        Checks.size(op, "spatial", spatial);
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException(op + ": smoothing = " + smoothing + ", need 0 <= smoothing <= 1");
        }
    }

    private static void labels(String op, int classes, long count, int[] label, int labelOffset, int ignored) {
        Checks.vector(op, "label", label, labelOffset, count);
        for (int i = labelOffset; i < labelOffset + count; i++) {
            if ((label[i] < 0 || label[i] >= classes) && label[i] != ignored) {
                throw new IllegalArgumentException(op + ": label[" + i + "] = " + label[i]
                        + ", need 0 <= label < classes = " + classes + ", or the ignored label " + ignored);
            }
        }
    }
}
