package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.testing.Bounds;

/**
 * The cross-entropy of a softmax given by its logits z and of a label: log Σ e^z − z[label] for one row, and its gradient
 * softmax(z) − (1 at the label). A loss is the sum over rows, times a scale.
 */
public final class SoftmaxCrossEntropyReference {

    private SoftmaxCrossEntropyReference() {}

    /**
     * log Σ e^z − z[label], as log(1 + the sum over all but the largest of e^(z − max)) + max − z[label].
     *
     * @param z logits, at least one
     * @param label which of them is right
     * @return the loss of the row, at least 0
     */
    public static double value(double[] z, int label) {
        // The distance first: it is 0 where the label is the largest, and then the logarithm may be small.
        return Math.log1p(others(z)) + (Arrays.stream(z).max().orElseThrow() - z[label]);
    }

    /**
     * The bound of {@link #value} in float32.
     *
     * @param z logits
     * @param label which of them is right
     * @return the absolute error that is permitted
     */
    public static double bound(double[] z, int label) {
        // log(1 + s) changes by ds / (1 + s); two roundings of the distance and of the row, one of the result.
        return othersBound(z) / (1 + others(z)) + Bounds.gamma(3) * value(z, label) + Bounds.UNDERFLOW;
    }

    /**
     * The bound of scale · Σ value.
     *
     * @param scale factor of the sum
     * @param z the rows
     * @param label the label of each
     * @return the absolute error that is permitted
     */
    public static double bound(double scale, double[][] z, int[] label) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += bound(z[i], label[i]);
        }
        return Math.abs(scale) * sum + Bounds.UNDERFLOW;
    }

    /**
     * The gradient of {@link #value}: p − (1 at the label), which at the label is minus the sum of the other p.
     *
     * @param z logits
     * @param label which of them is right
     * @return the gradient with respect to each
     */
    public static double[] gradient(double[] z, int label) {
        double max = Arrays.stream(z).max().orElseThrow();
        double sum = Arrays.stream(z).map(v -> Math.exp(v - max)).sum();
        double[] dz = Arrays.stream(z).map(v -> Math.exp(v - max) / sum).toArray();
        dz[label] = 0;
        dz[label] = -Arrays.stream(dz).sum();
        return dz;
    }

    /**
     * The bound of the gradient dz = factor · gradient in float32.
     *
     * @param z logits
     * @param label which of them is right
     * @param factor what the gradient is multiplied by
     * @param j which element
     * @param dz what it is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double gradientBound(double[] z, int label, double factor, int j, double dz) {
        double max = Arrays.stream(z).max().orElseThrow();
        double exact = Math.abs(factor * gradient(z, label)[j]);
        double sum = 1 + others(z);
        double ofSum = othersBound(z) / sum;
        // The numerator is one term, or at the label the sum of all others.
        double ofNumerator = j == label ? othersBound(z) : termBound(z[j] - max);
        return Bounds.accumulated(Math.abs(factor) * ofNumerator / sum * (1 + ofSum)
                + exact * (ofSum + Bounds.gamma(3)) * (1 + ofSum) + 2 * Bounds.UNDERFLOW * (1 + Math.abs(factor)),
                exact,
                dz);
    }

    /** The sum of e^(z − max) over all but one of the largest. */
    private static double others(double[] z) {
        double max = Arrays.stream(z).max().orElseThrow();
        double sum = 0;
        boolean found = false;
        for (double v : z) {
            if (v == max && !found) {
                found = true;
            } else {
                sum += Math.exp(v - max);
            }
        }
        return sum;
    }

    private static double othersBound(double[] z) {
        double max = Arrays.stream(z).max().orElseThrow();
        double bound = 0;
        for (double v : z) {
            bound += v == max ? 0 : termBound(v - max);
        }
        return bound * (1 + Bounds.gamma(ReductionReference.roundings(z.length)))
                + Bounds.gamma(ReductionReference.roundings(z.length)) * others(z);
    }

    /** The bound of e^d for d ≤ 0: d is rounded once, which exp multiplies by |d|, and exp errs itself. */
    private static double termBound(double d) {
        return Math.exp(d) * Math.expm1((-d + ElementaryErrors.EXP_ROUNDINGS) * Bounds.UNIT_ROUNDOFF)
                + 2 * Bounds.UNDERFLOW;
    }
}
