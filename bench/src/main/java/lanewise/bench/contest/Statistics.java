package lanewise.bench.contest;

import java.util.Arrays;
import java.util.Collection;

/** The few statistics of a report. */
public final class Statistics {

    private Statistics() {}

    /**
     * The median; of an even number of values the mean of the two in the middle.
     *
     * @param values at least one
     * @return the median
     */
    public static double median(Collection<Double> values) {
        return quantile(values, 0.5);
    }

    /**
     * The quantile by linear interpolation between the sorted values.
     *
     * @param values at least one
     * @param q between 0 and 1
     * @return the quantile
     */
    public static double quantile(Collection<Double> values, double q) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("quantile of no values");
        }
        double position = q * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The distance between the quartiles, relative to the median.
     *
     * @param values at least one
     * @return 0 for equal values
     */
    public static double spread(Collection<Double> values) {
        return (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
    }

    /**
     * The geometric mean, the mean for ratios.
     *
     * @param values at least one, all positive
     * @return the mean
     */
    public static double geometricMean(double... values) {
        return Math.exp(Arrays.stream(values).map(Math::log).average().orElseThrow());
    }
}
