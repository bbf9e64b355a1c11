package lanewise.kernels.internal;

/**
 * Powers in double precision, by way of the logarithm, exact enough for a float. {@code StrictMath.pow} allocates small arrays where C2
 * does not inline it, and the bits of {@code Math.pow} may depend on the JIT.
 */
public final class Power {

    private Power() {}

    /**
     * a<sup>b</sup>, with a relative error of at most 2<sup>-44</sup> where the result is in the range of float; special cases as in
     * {@link Math#pow}.
     *
     * @param a the base
     * @param b the exponent
     * @return the power
     */
    public static double pow(double a, double b) {
        if (b == 0) {
            return 1;
        }
        boolean isInteger = b == Math.rint(b);
        if (a < 0 && a != Double.NEGATIVE_INFINITY && !isInteger) {
            return Double.NaN;
        }
        double magnitude = ofMagnitude(Math.abs(a), b);
        // From 2^53 on every number is even.
        boolean isOdd = isInteger && Math.abs(b) < 0x1p53 && ((long) b & 1) != 0;
        return isOdd && Math.copySign(1, a) < 0 ? -magnitude : magnitude;
    }

    /**
     * The same for a base that is not negative.
     *
     * @param a the base
     * @param b the exponent
     * @return the power
     */
    public static double ofMagnitude(double a, double b) {
        return b == 0 ? 1 : StrictMath.exp(b * StrictMath.log(a));
    }
}
