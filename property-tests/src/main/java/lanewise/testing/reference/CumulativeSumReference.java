package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Running sums of a row, and their bounds in float32; the gradient is the running sum from the other end. */
public final class CumulativeSumReference {

    private CumulativeSumReference() {}

    /**
     * The sums.
     *
     * @param exclusive whether an element is left out of its own sum
     * @param reverse whether sums begin at the last element
     * @param x the row
     * @return the exact sums
     */
    public static double[] value(boolean exclusive, boolean reverse, double... x) {
        double[] y = new double[x.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            int at = reverse ? x.length - 1 - i : i;
            y[at] = exclusive ? sum : sum + x[at];
            sum += x[at];
        }
        return y;
    }

    /**
     * The bounds of {@link #value}: γ(m − 1) times the sum of magnitudes of m elements.
     *
     * @param exclusive whether an element is left out of its own sum
     * @param reverse whether sums begin at the last element
     * @param x the row
     * @return the absolute errors that are permitted
     */
    public static double[] bound(boolean exclusive, boolean reverse, double... x) {
        double[] bound = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            bound[i] = Math.abs(x[i]);
        }
        bound = value(exclusive, reverse, bound);
        for (int i = 0; i < x.length; i++) {
            int summands = (reverse ? x.length - i : i + 1) - (exclusive ? 1 : 0);
            bound[i] *= Bounds.gamma(Math.max(0, summands - 1));
        }
        return bound;
    }
}
