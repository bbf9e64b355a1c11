package lanewise.testing;

/**
 * The arithmetic of error bounds, and the one comparison that uses them. A bound is proved or measured and stated by the
 * reference of a kernel; a test never invents a tolerance.
 *
 * @see <a href="https://doi.org/10.1137/1.9780898718027">Higham, Accuracy and Stability of Numerical Algorithms,
 *      chapters 2 and 3</a>
 */
public final class Bounds {

    /** The unit roundoff u of float32: one operation errs by at most this fraction of its exact result. */
    public static final double UNIT_ROUNDOFF = 0x1p-24;

    /** What one operation may err by, besides its fraction, where its result is subnormal. */
    public static final double UNDERFLOW = 0x1p-150;

    // Halfway between the largest float and the next power of two: what rounds to infinity.
    private static final double OVERFLOW = 0x1.ffffffp127;

    private Bounds() {}

    /**
     * γₙ = n·u / (1 − n·u), the bound of n roundings that follow each other.
     *
     * @param n how many roundings
     * @return the bound, relative
     * @throws IllegalArgumentException if {@code n} is negative or so large that the bound says nothing
     */
    public static double gamma(long n) {
        double nu = n * UNIT_ROUNDOFF;
        if (n < 0 || nu >= 1) {
            throw new IllegalArgumentException("gamma: n = " + n + ", need 0 <= n < 2^24");
        }
        return nu / (1 - nu);
    }

    /**
     * The distance between the two floats around a number, in the binade of the float nearest to it.
     *
     * @param exact the number
     * @return one unit in the last place; at least the smallest subnormal
     */
    public static double ulp(double exact) {
        return Math.ulp((float) exact);
    }

    /**
     * The error of the float nearest to a number: the bound of an operation that is correctly rounded.
     *
     * @param exact the number
     * @return its distance to the nearest float; infinite if that is infinite
     */
    public static double rounding(double exact) {
        return Math.abs((float) exact - exact);
    }

    /**
     * The bound of a term that is added to an old value: its own, and one rounding of the sum.
     *
     * @param bound the bound of the term
     * @param term the exact term
     * @param old what it is added to; 0 adds no rounding
     * @return the bound of the sum
     */
    public static double accumulated(double bound, double term, double old) {
        return old == 0 ? bound : bound + UNIT_ROUNDOFF * (Math.abs(term + old) + bound);
    }

    /**
     * Whether a computed value is as good as promised. NaN is matched by NaN only and an infinity by itself only; an
     * exact value beyond the range of float may have become an infinity.
     *
     * @param exact the exact value
     * @param bound the absolute error that is permitted
     * @param actual the computed value
     * @return whether it is within the bound
     */
    public static boolean holds(double exact, double bound, float actual) {
        if (Double.isNaN(exact)) {
            return Float.isNaN(actual);
        }
        if (Double.isInfinite(exact)) {
            return actual == exact;
        }
        if (Float.isInfinite(actual)) {
            return Math.abs(exact) + bound >= OVERFLOW && Math.signum(exact) == Math.signum(actual);
        }
        return Math.abs(actual - exact) <= bound;
    }

    /**
     * Fails unless a computed value is as good as promised.
     *
     * @param what names the value in the message
     * @param exact the exact value
     * @param bound the absolute error that is permitted
     * @param actual the computed value
     * @throws AssertionError if the value is not within the bound
     */
    public static void check(String what, double exact, double bound, float actual) {
        if (!holds(exact, bound, actual)) {
            throw new AssertionError(what + " = " + actual + ", exact " + exact + ", error "
                    + Math.abs(actual - exact) + ", bound " + bound);
        }
    }
}
