package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** y = x / 2 · (1 + erf(x / √2)), and its gradient in terms of x. */
public final class GeluReference {

    private GeluReference() {}

    /**
     * x / 2 · (1 + erf(x / √2)).
     *
     * @param x any number
     * @return the exact result
     */
    public static double value(double x) {
        return 0.5 * x * (1 + erf(x / Math.sqrt(2)));
    }

    /**
     * The bound of {@link #value}: four roundings of x, from the measured bound of erf; where y is much smaller than x, not of y.
     *
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(double x) {
        return Bounds.gamma(4) * Math.abs(x) + 2 * Bounds.UNDERFLOW;
    }

    /**
     * The gradient dx = dy · (Φ + x · φ), the normal distribution and its density.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @return the gradient with respect to x
     */
    public static double backward(double x, double dy) {
        return dy * (0.5 * (1 + erf(x / Math.sqrt(2)))
                + (x == 0 ? 0 : x * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)));
    }

    /**
     * The bound of dx: six roundings of dy, from the measured bounds of erf and exp; and one rounding of the sum.
     *
     * @param x any number
     * @param dy gradient with respect to y
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double x, double dy, double dx) {
        double term = backward(x, dy);
        return Bounds.accumulated(Bounds.gamma(6) * Math.abs(dy) + 4 * Bounds.UNDERFLOW, term, dx);
    }

    /**
     * The error function, by its power series below 3 and a continued fraction above.
     *
     * @param x any number
     * @return erf(x), within 2<sup>-48</sup>
     */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (a > 6) {
            return Math.signum(x);
        }
        if (a > 3) {
            double fraction = 0;
            for (int k = 80; k > 0; k--) {
                fraction = 0.5 * k / (a + fraction);
            }
            return Math.copySign(1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction), x);
        }
        double sum = a;
        double power = a;
        for (int k = 1; k < 100; k++) {
            power *= -a * a / k;
            sum += power / (2 * k + 1);
        }
        return Math.copySign(2 / Math.sqrt(Math.PI) * sum, x);
    }
}
