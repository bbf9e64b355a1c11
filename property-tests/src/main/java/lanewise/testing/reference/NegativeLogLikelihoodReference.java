package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** The weighted negative log-likelihood of one label, smoothed, and its gradient. */
public final class NegativeLogLikelihoodReference {

    private NegativeLogLikelihoodReference() {}

    /**
     * −(1 − smoothing) · weight[label] · logP[label] − smoothing / classes · Σ weight · logP.
     *
     * @param logP the logarithm of the probability of each class
     * @param label which class is right
     * @param weight factor of each class
     * @param smoothing the part of a label that all classes share
     * @return the loss
     */
    public static double value(double[] logP, int label, double[] weight, double smoothing) {
        double sum = 0;
        for (int c = 0; c < logP.length; c++) {
            sum += gradient(c, logP.length, label, weight, smoothing) * logP[c];
        }
        return sum;
    }

    /**
     * The bound of {@link #value} in float32.
     *
     * @param logP the logarithm of the probability of each class
     * @param label which class is right
     * @param weight factor of each class
     * @param smoothing the part of a label that all classes share
     * @return the absolute error that is permitted
     */
    public static double bound(double[] logP, int label, double[] weight, double smoothing) {
        double magnitude = 0;
        for (int c = 0; c < logP.length; c++) {
            magnitude += Math.abs(gradient(c, logP.length, label, weight, smoothing) * logP[c]);
        }
        return Bounds.gamma(smoothing == 0 ? 1 : logP.length + 4) * magnitude + (logP.length + 1) * Bounds.UNDERFLOW;
    }

    /**
     * The derivative of {@link #value} with respect to one logarithm.
     *
     * @param c which
     * @param classes how many there are
     * @param label which class is right
     * @param weight factor of each class
     * @param smoothing the part of a label that all classes share
     * @return the derivative
     */
    public static double gradient(int c, int classes, int label, double[] weight, double smoothing) {
        return -weight[c] * (smoothing / classes + (c == label ? 1 - smoothing : 0));
    }
}
