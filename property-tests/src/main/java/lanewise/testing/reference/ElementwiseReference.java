package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Sums, products and scalings element by element. */
public final class ElementwiseReference {

    private ElementwiseReference() {}

    /**
     * a + b, correctly rounded.
     *
     * @param a a term
     * @param b a term
     * @return the sum
     */
    public static double add(double a, double b) {
        return a + b;
    }

    /**
     * a · b, correctly rounded.
     *
     * @param a a factor
     * @param b a factor
     * @return the product
     */
    public static double multiply(double a, double b) {
        return a * b;
    }

    /**
     * alpha · x, correctly rounded.
     *
     * @param alpha a factor
     * @param x a factor
     * @return the product
     */
    public static double scale(double alpha, double x) {
        return alpha * x;
    }

    /**
     * alpha · x + y.
     *
     * @param alpha a factor
     * @param x a factor
     * @param y a term
     * @return the sum
     */
    public static double axpy(double alpha, double x, double y) {
        return alpha * x + y;
    }

    /**
     * The bound of {@link #axpy}: correctly rounded where multiply-add is fused, else one more rounding of the product.
     *
     * @param alpha a factor
     * @param x a factor
     * @param y a term
     * @return the absolute error that is permitted
     */
    public static double axpyBound(double alpha, double x, double y) {
        return Bounds.gamma(2) * (Math.abs(alpha * x) + Math.abs(y)) + 2 * Bounds.UNDERFLOW;
    }
}
