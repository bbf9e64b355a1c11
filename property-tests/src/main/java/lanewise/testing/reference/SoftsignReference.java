package lanewise.testing.reference;

import lanewise.testing.Bounds;
import lanewise.testing.Rounded;

/** x / (1 + |x|); and its gradient in terms of x. */
public final class SoftsignReference {

    private SoftsignReference() {}

    /**
     * x / (1 + |x|), at infinities the sign.
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    }

    /**
     * The bound of {@link #value}: two roundings.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return Double.isInfinite(x)
                ? 0
                : Rounded.exact(x).over(Rounded.exact(Math.abs(x)).plus(Rounded.exact(1))).error();
    }

    /**
     * The gradient dx = dy / (1 + |x|)².
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        return dy / (1 + Math.abs(x)) / (1 + Math.abs(x));
    }

    /**
     * The bound of dx: four roundings; and one rounding of the sum.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double x, double dy, double dx) {
        double term = backward(x, dy);
        return Bounds.accumulated(Double.isInfinite(x)
                ? 0
                : Rounded.exact(dy).over(Rounded.exact(Math.abs(x)).plus(Rounded.exact(1)))
                        .over(Rounded.exact(Math.abs(x)).plus(Rounded.exact(1))).error(),
                term, dx);
    }
}
