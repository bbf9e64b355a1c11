package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x, times a slope where x is negative; and its gradient in terms of x. */
public final class LeakyReluReference {

    private LeakyReluReference() {}

    /**
     * x, or alpha · x where x is negative.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the exact result
     */
    public static double value(double alpha, double x) {
        return x < 0 ? alpha * x : x;
    }

    /**
     * The bound of {@link #value}: one rounding.
     *
     * @param alpha the parameter
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double alpha, double x) {
        return Bounds.rounding(value(alpha, x));
    }

    /**
     * The gradient dx = dy, or alpha · dy where x is not positive.
     *
     * @param alpha the parameter
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double alpha, double x, double dy) {
        return x > 0 ? dy : alpha * dy;
    }

    /**
     * The bound of dx: one rounding; and one rounding of the sum.
     *
     * @param alpha the parameter
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double alpha, double x, double dy, double dx) {
        double term = backward(alpha, x, dy);
        return Bounds.accumulated(Bounds.rounding(term), term, dx);
    }
}
