package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** 0 where a random number is less than a probability, else x / (1 − probability). */
public final class DropoutReference {

    private DropoutReference() {}

    /**
     * The result for one element.
     *
     * @param probability of an element to be dropped
     * @param u a random number in [0, 1)
     * @param x the argument
     * @return 0 or the scaled argument
     */
    public static double value(double probability, double u, double x) {
        return u < probability ? 0 : x / (1 - probability);
    }

    /**
     * The bound of {@link #value}.
     *
     * @param probability of an element to be dropped
     * @param u a random number in [0, 1)
     * @param x the argument
     * @return the absolute error that is permitted
     */
    public static double bound(double probability, double u, double x) {
        double y = value(probability, u, x);
        return y == 0 ? 0 : Bounds.gamma(2) * Math.abs(y) + Bounds.UNDERFLOW;
    }
}
