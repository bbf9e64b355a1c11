package lanewise.testing;

/**
 * A number and how far a float32 computation of it may be away: running error analysis. A reference that is written with
 * these operations, in the order of the kernel's, gives the exact result and a proved bound at once. Fused operations round
 * less often than is counted here.
 *
 * @param value the exact number
 * @param error the absolute error that is permitted
 * @see <a href="https://doi.org/10.1137/1.9780898718027">Higham, Accuracy and Stability of Numerical Algorithms, section
 *      3.3</a>
 */
public record Rounded(double value, double error) {

    /**
     * A number that the kernel gets as it is.
     *
     * @param value the number
     * @return without error
     */
    public static Rounded exact(double value) {
        return new Rounded(value, 0);
    }

    /**
     * A number that the kernel computes in double precision and rounds once.
     *
     * @param value the number
     * @return with the error of one rounding
     */
    public static Rounded nearest(double value) {
        return rounded(value, 0);
    }

    /**
     * A sum.
     *
     * @param other the other term
     * @return the rounded sum
     */
    public Rounded plus(Rounded other) {
        return rounded(value + other.value, error + other.error);
    }

    /**
     * A difference.
     *
     * @param other what is subtracted
     * @return the rounded difference
     */
    public Rounded minus(Rounded other) {
        return rounded(value - other.value, error + other.error);
    }

    /**
     * A product.
     *
     * @param other the other factor
     * @return the rounded product
     */
    public Rounded times(Rounded other) {
        return rounded(value * other.value,
                Math.abs(value) * other.error + Math.abs(other.value) * error + error * other.error);
    }

    /**
     * A quotient.
     *
     * @param other the divisor; if it may be 0, anything is permitted
     * @return the rounded quotient
     */
    public Rounded over(Rounded other) {
        double least = Math.abs(other.value) - other.error;
        double quotient = value / other.value;
        double permitted = other.error == 0 && other.value == 0
                ? 0
                : least > 0 ? (error + Math.abs(quotient) * other.error) / least : Double.POSITIVE_INFINITY;
        return rounded(quotient, permitted);
    }

    /**
     * A square root.
     *
     * @return the rounded root
     */
    public Rounded sqrt() {
        double root = Math.sqrt(value);
        // The root is steepest below.
        return rounded(root, root - Math.sqrt(Math.max(0, value - error)) + (value < error ? Math.sqrt(error) : 0));
    }

    /**
     * Requires a computed value to be within the error.
     *
     * @param what names the value in the message
     * @param actual the computed value
     * @throws AssertionError if it is not
     */
    public void check(String what, float actual) {
        Bounds.check(what, value, error, actual);
    }

    private static Rounded rounded(double value, double error) {
        // A factor for the rounding errors of this analysis itself.
        return new Rounded(value,
                (error + Bounds.UNIT_ROUNDOFF * (Math.abs(value) + error) + Bounds.UNDERFLOW) * (1 + 0x1p-40));
    }
}
