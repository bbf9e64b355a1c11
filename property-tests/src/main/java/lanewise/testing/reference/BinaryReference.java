package lanewise.testing.reference;

import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.testing.Bounds;

/** Functions of two numbers, their derivatives, and the bounds of both in float32. */
public final class BinaryReference {

    private BinaryReference() {}

    /**
     * The function.
     *
     * @param function which
     * @param a first argument
     * @param b second argument
     * @return the exact result
     */
    public static double value(BinaryFunction function, double a, double b) {
        return switch (function) {
            case SUBTRACT -> a - b;
            case DIVIDE -> a / b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case POW -> Math.pow(a, b);
            case LESS -> a < b ? 1 : 0;
            case LESS_OR_EQUAL -> a <= b ? 1 : 0;
            case EQUAL -> a == b ? 1 : 0;
        };
    }

    /**
     * The bound of {@link #value}.
     *
     * @param function which
     * @param a first argument
     * @param b second argument
     * @return the absolute error that is permitted
     */
    public static double bound(BinaryFunction function, double a, double b) {
        return switch (function) {
            case MAX, MIN, LESS, LESS_OR_EQUAL, EQUAL -> 0;
            default -> 0.51 * Bounds.ulp(value(function, a, b));
        };
    }

    /**
     * dy times the derivative with respect to the first argument.
     *
     * @param function which
     * @param a first argument
     * @param b second argument
     * @param dy gradient with respect to the result
     * @return the gradient
     */
    public static double backwardA(BinaryFunction function, double a, double b, double dy) {
        return switch (function) {
            case SUBTRACT -> dy;
            case DIVIDE -> dy / b;
            case MAX -> a < b ? 0 : dy;
            case MIN -> a > b ? 0 : dy;
            case POW -> b == 0 ? 0 : dy * b * Math.pow(a, b - 1);
            case LESS, LESS_OR_EQUAL, EQUAL -> 0;
        };
    }

    /**
     * dy times the derivative with respect to the second argument.
     *
     * @param function which
     * @param a first argument
     * @param b second argument
     * @param dy gradient with respect to the result
     * @return the gradient
     */
    public static double backwardB(BinaryFunction function, double a, double b, double dy) {
        return switch (function) {
            case SUBTRACT -> -dy;
            case DIVIDE -> -dy * a / b / b;
            case MAX -> a < b ? dy : 0;
            case MIN -> a > b ? dy : 0;
            case POW -> a == 0 && b >= 0 ? 0 : dy * Math.pow(a, b) * Math.log(a);
            case LESS, LESS_OR_EQUAL, EQUAL -> 0;
        };
    }

    /**
     * The bound of a gradient, and one rounding of the sum.
     *
     * @param term the gradient
     * @param dy gradient with respect to the result
     * @param old what it is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double gradientBound(double term, double dy, double old) {
        double magnitude = Double.isNaN(dy) ? 0 : Math.abs(dy);
        return Bounds.accumulated(Bounds.gamma(4) * Math.abs(term) + 2 * Bounds.UNDERFLOW * (1 + magnitude), term,
                old);
    }
}
