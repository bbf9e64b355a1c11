package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** x held between two bounds; and its gradient in terms of x. */
public final class ClipReference {

    private ClipReference() {}

    /**
     * x, or the bound that it is beyond.
     *
     * @param min the least result
     * @param max the greatest
     * @param x any number
     * @return the exact result
     */
    public static double value(double min, double max, double x) {
        return Math.min(Math.max(x, min), max);
    }

    /**
     * The bound of {@link #value}: it is exact.
     *
     * @param min the least result
     * @param max the greatest
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double min, double max, double x) {
        return 0;
    }

    /**
     * The gradient dx = dy, or 0 at a bound and beyond.
     *
     * @param min the least result
     * @param max the greatest
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double min, double max, double x, double dy) {
        return x <= min || x >= max ? 0 : dy;
    }

    /**
     * The bound of dx: exact, but for one rounding of the sum.
     *
     * @param min the least result
     * @param max the greatest
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double min, double max, double x, double dy, double dx) {
        double term = backward(min, max, x, dy);
        return Bounds.accumulated(0, term, dx);
    }
}
