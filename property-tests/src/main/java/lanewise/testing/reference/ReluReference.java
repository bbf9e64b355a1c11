package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = max(x, 0) and its gradient in terms of y, both exact. */
public final class ReluReference {

    private ReluReference() {}

    /**
     * max(x, 0).
     *
     * @param x any number
     * @return 0 if x is negative, else x, which may be NaN or −0
     */
    public static double value(double x) {
        return x < 0 ? 0 : x;
    }

    /**
     * The gradient: dy where the unit is active or NaN, else 0.
     *
     * @param y the unit's result
     * @param dy gradient with respect to it
     * @return the gradient with respect to x
     */
    public static double backward(double y, double dy) {
        return y <= 0 ? 0 : dy;
    }

    /**
     * The bound of a gradient that is added to dx: one rounding, none where dx is overwritten.
     *
     * @param y the unit's result
     * @param dy gradient with respect to it
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double y, double dy, double dx) {
        return Bounds.rounding(backward(y, dy) + dx);
    }
}
