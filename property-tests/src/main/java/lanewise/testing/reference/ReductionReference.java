package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Sums, and the place of the maximum. */
public final class ReductionReference {

    private ReductionReference() {}

    /**
     * Σ x.
     *
     * @param x the terms
     * @return their sum; 0 if there is none
     */
    public static double sum(double[] x) {
        double sum = 0;
        for (double term : x) {
            sum += term;
        }
        return sum;
    }

    /**
     * How many roundings a term of a sum goes through: at most 133 in a block of 4096 elements (128 additions to one of 32
     * running sums, and a tree of 5), whatever the number of blocks, whose sums are added in double precision; and one of
     * the result.
     *
     * @param n number of terms
     * @return the number of roundings, not more than for a sum in any order
     */
    public static int roundings(int n) {
        return Math.min(n, 134);
    }

    /**
     * The bound of {@link #sum}: γ(134) · Σ|x| for any n.
     *
     * @param x the terms
     * @return the absolute error that is permitted
     */
    public static double sumBound(double[] x) {
        double sum = 0;
        for (double term : x) {
            sum += Math.abs(term);
        }
        return Bounds.gamma(roundings(x.length)) * sum;
    }

    /**
     * The bound of the sum of a matrix column, whose rows are added in their order: γ(rows) · Σ|x|.
     *
     * @param x the terms, and after them what they are added to, or 0
     * @return the absolute error that is permitted
     */
    public static double columnSumBound(double[] x) {
        double sum = 0;
        for (double term : x) {
            sum += Math.abs(term);
        }
        return Bounds.gamma(x.length - 1L) * sum;
    }

    /**
     * Where the maximum is.
     *
     * @param x at least one number
     * @return the index of the first maximum; of the first NaN if there is one
     */
    public static int argMax(double[] x) {
        int best = 0;
        for (int i = 1; i < x.length && !Double.isNaN(x[best]); i++) {
            if (x[i] > x[best] || Double.isNaN(x[i])) {
                best = i;
            }
        }
        return best;
    }
}
