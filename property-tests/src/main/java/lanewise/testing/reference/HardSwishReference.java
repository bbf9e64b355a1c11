package lanewise.testing.reference;

import lanewise.testing.Bounds;
import lanewise.testing.Rounded;

/** x times a straight line between 0 and 1; and its gradient in terms of x. */
public final class HardSwishReference {

    private HardSwishReference() {}

    /**
     * x · (x + 3) / 6 between −3 and 3, 0 below and x above.
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
    }

    /**
     * The bound of {@link #value}: three roundings between −3 and 3.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return x <= -3 || x >= 3
                ? 0
                : Rounded.exact(x).plus(Rounded.exact(3)).times(Rounded.exact(x)).over(Rounded.exact(6)).error();
    }

    /**
     * The gradient dx = dy · (x / 3 + 1/2) between −3 and 3, 0 below and dy above.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        return x <= -3 ? 0 : x >= 3 ? dy : dy * (x / 3 + 0.5);
    }

    /**
     * The bound of dx: three roundings between −3 and 3; and one rounding of the sum.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double x, double dy, double dx) {
        double term = backward(x, dy);
        return Bounds.accumulated(x <= -3 || x >= 3
                ? 0
                : Rounded.exact(x).over(Rounded.exact(3)).plus(Rounded.exact(0.5)).times(Rounded.exact(dy)).error(),
                term, dx);
    }
}
