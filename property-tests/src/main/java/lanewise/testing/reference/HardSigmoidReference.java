package lanewise.testing.reference;

import lanewise.testing.Bounds;
import lanewise.testing.Rounded;

/** A straight line between 0 and 1; and its gradient in terms of x. */
public final class HardSigmoidReference {

    private HardSigmoidReference() {}

    /**
     * alpha · x + beta, but at least 0 and at most 1.
     *
     * @param alpha slope of the line
     * @param beta its value at 0
     * @param x any number
     * @return the exact result
     */
    public static double value(double alpha, double beta, double x) {
        return Math.clamp(alpha * x + beta, 0, 1);
    }

    /**
     * The bound of {@link #value}: that of the line.
     *
     * @param alpha slope of the line
     * @param beta its value at 0
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double alpha, double beta, double x) {
        return Double.isInfinite(x) ? 0 : line(alpha, beta, x).error();
    }

    /**
     * The gradient dx = alpha · dy where the line is between 0 and 1, else 0.
     *
     * @param alpha slope of the line
     * @param beta its value at 0
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double alpha, double beta, double x, double dy) {
        return alpha * x + beta <= 0 || alpha * x + beta >= 1 ? 0 : alpha * dy;
    }

    /**
     * The bound of dx: one rounding, but anything between 0 and alpha · dy where the line is as near to 0 or 1 as its error; and one rounding of the sum.
     *
     * @param alpha slope of the line
     * @param beta its value at 0
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double alpha, double beta, double x, double dy, double dx) {
        double term = backward(alpha, beta, x, dy);
        return Bounds.accumulated(
                Math.min(Math.abs(alpha * x + beta), Math.abs(alpha * x + beta - 1)) <= line(alpha, beta, x).error()
                        ? Math.abs(alpha * dy) * (1 + 2 * Bounds.UNIT_ROUNDOFF)
                        : Bounds.rounding(term),
                term, dx);
    }

    private static Rounded line(double alpha, double beta, double x) {
        return Rounded.exact(alpha).times(Rounded.exact(x)).plus(Rounded.exact(beta));
    }
}
