package lanewise.testing.reference;

import lanewise.testing.Bounds;

/**
 * The cross-entropy of sigmoid outputs given by their logits z: scale · Σ (max(z, 0) − z·t + log(1 + e^−|z|)), and its
 * gradient.
 */
public final class SigmoidCrossEntropyReference {

    private SigmoidCrossEntropyReference() {}

    /**
     * scale · Σ (max(z, 0) − z·t + log(1 + e^−|z|)), which is scale · Σ −(t·log σ(z) + (1 − t)·log(1 − σ(z))).
     *
     * @param scale factor of the sum
     * @param z logits
     * @param target probabilities that they should give
     * @return the loss
     */
    public static double value(double scale, double[] z, double[] target) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += Math.max(z[i], 0) - z[i] * target[i] + Math.log1p(Math.exp(-Math.abs(z[i])));
        }
        return scale * sum;
    }

    /**
     * The bound of {@link #value}, relative to the sum of the terms |z|·w + log(1 + e^−|z|), where w is what the sigmoid
     * should still move: 1 − t for positive z, else t. Each goes through six roundings at most, the logarithm's own error
     * among them, before it is summed.
     *
     * @param scale factor of the sum
     * @param z logits
     * @param target probabilities that they should give
     * @return the absolute error that is permitted
     */
    public static double bound(double scale, double[] z, double[] target) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += Math.abs(z[i] * (z[i] > 0 ? 1 - target[i] : target[i])) + Math.log1p(Math.exp(-Math.abs(z[i])));
        }
        return Bounds.gamma(ReductionReference.roundings(z.length) + 6) * Math.abs(scale) * sum
                + (3L * z.length + 2) * Bounds.UNDERFLOW * (1 + Math.abs(scale));
    }

    /**
     * The gradient with respect to one logit: dLoss · scale · (σ(z) − t).
     *
     * @param dLoss gradient with respect to the loss
     * @param scale factor of the sum
     * @param z a logit
     * @param target the probability that it should give
     * @return the gradient
     */
    public static double backward(double dLoss, double scale, double z, double target) {
        return dLoss * scale * (SigmoidReference.value(z) - target);
    }

    /**
     * The bound of dz: that of the sigmoid, three roundings of the product and one of the sum.
     *
     * @param dLoss gradient with respect to the loss
     * @param scale factor of the sum
     * @param z a logit
     * @param target the probability that it should give
     * @param dz what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double dLoss, double scale, double z, double target, double dz) {
        double factor = Math.abs(dLoss * scale);
        double term = backward(dLoss, scale, z, target);
        // The sigmoid's error goes through the three roundings too.
        double bound = factor * SigmoidReference.bound(z) * (1 + Bounds.gamma(3)) + Bounds.gamma(3) * Math.abs(term)
                + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dLoss) + Math.abs(scale));
        return Bounds.accumulated(bound, term, dz);
    }
}
