package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Batch normalization of the elements of a channel: {@link LayerNormReference} with one factor and one shift. */
public final class BatchNormReference {

    private BatchNormReference() {}

    /**
     * A running statistic after a batch.
     *
     * @param momentum how much of it is new
     * @param old what it was
     * @param statistic of the batch
     * @return the mixture
     */
    public static double running(double momentum, double old, double statistic) {
        return (1 - momentum) * old + momentum * statistic;
    }

    /**
     * The variance that enters the running one: m / (m − 1) times that of the m elements.
     *
     * @param x the elements of a channel
     * @return the variance, corrected unless there is one element only
     */
    public static double unbiasedVariance(double... x) {
        return LayerNormReference.variance(x) * correction(x.length);
    }

    /**
     * The bound of {@link #unbiasedVariance}.
     *
     * @param x the elements of a channel
     * @return the absolute error that is permitted
     */
    public static double unbiasedVarianceBound(double... x) {
        return LayerNormReference.varianceBound(x) * correction(x.length);
    }

    /**
     * gamma · (x − mean) / √(variance + epsilon) + beta with given statistics.
     *
     * @param epsilon added to the variance
     * @param gamma the factor
     * @param beta what is added
     * @param mean the mean
     * @param variance the variance
     * @param x an element
     * @return the result
     */
    public static double inference(double epsilon, double gamma, double beta, double mean, double variance, double x) {
        return gamma * (x - mean) / Math.sqrt(variance + epsilon) + beta;
    }

    /**
     * The bound of {@link #inference}.
     *
     * @param epsilon added to the variance
     * @param gamma the factor
     * @param beta what is added
     * @param mean the mean
     * @param variance the variance
     * @param x an element
     * @return the absolute error that is permitted
     */
    public static double inferenceBound(double epsilon, double gamma, double beta, double mean, double variance,
            double x) {
        double y = inference(epsilon, gamma, beta, mean, variance, x);
        return Bounds.gamma(4) * Math.abs(y - beta) + Bounds.gamma(2) * (Math.abs(y) + Math.abs(beta))
                + 4 * Bounds.UNDERFLOW * (1 + Math.abs(gamma));
    }

    private static double correction(int m) {
        return m > 1 ? (double) m / (m - 1) : 1;
    }
}
