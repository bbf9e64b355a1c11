package lanewise.testing.reference;

import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.testing.Bounds;

/** Functions of one number, their derivatives, and the bounds of both in float32. */
public final class UnaryReference {

    private UnaryReference() {}

    /**
     * The function.
     *
     * @param function which
     * @param x any number
     * @return the exact result
     */
    public static double value(UnaryFunction function, double x) {
        return switch (function) {
            case ABS -> Math.abs(x);
            case NEGATE -> -x;
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case RSQRT -> 1 / Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case ERF -> GeluReference.erf(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
        };
    }

    /**
     * The bound of {@link #value}, as {@link UnaryFunction} documents it.
     *
     * @param function which
     * @param x any number
     * @return the absolute error that is permitted
     */
    public static double bound(UnaryFunction function, double x) {
        double ulp = Bounds.ulp(value(function, x));
        return switch (function) {
            case ABS, NEGATE, FLOOR, CEIL, ROUND -> 0;
            case SQUARE, SQRT, RECIPROCAL -> 0.5 * ulp;
            case SIN, COS -> 0.51 * ulp;
            case RSQRT -> 1.5 * ulp;
            case EXP -> ElementaryErrors.EXP * ulp;
            case EXPM1 -> 1.25 * ulp;
            case LOG -> ElementaryErrors.LOG * ulp;
            case LOG1P -> 3 * ulp;
            case ERF -> 1.4 * ulp;
        };
    }

    /**
     * dy times the derivative.
     *
     * @param function which
     * @param x any number
     * @param dy gradient with respect to the result
     * @return the gradient with respect to x
     */
    public static double backward(UnaryFunction function, double x, double dy) {
        return dy * switch (function) {
            case ABS -> Math.signum(x);
            case NEGATE -> Double.isNaN(x) ? x : -1;
            case SQUARE -> 2 * x;
            case SQRT -> 0.5 / Math.sqrt(x);
            case RSQRT -> -0.5 / Math.sqrt(x) / x;
            case RECIPROCAL -> -1 / x / x;
            case EXP, EXPM1 -> Math.exp(x);
            case LOG -> 1 / x;
            case LOG1P -> 1 / (1 + x);
            case ERF -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
            case SIN -> StrictMath.cos(x);
            case COS -> -StrictMath.sin(x);
            case FLOOR, CEIL, ROUND -> Double.isNaN(x) ? x : 0;
        };
    }

    /**
     * The bound of {@link #backward}, and one rounding of the sum.
     *
     * @param function which
     * @param x any number
     * @param dy gradient with respect to the result
     * @param dx what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(UnaryFunction function, double x, double dy, double dx) {
        double term = backward(function, x, dy);
        double relative = Bounds.gamma(6);
        if (function == UnaryFunction.ERF) {
            relative += 3 * Bounds.UNIT_ROUNDOFF * Math.min(x * x, 200);
        }
        return Bounds.accumulated(relative * Math.abs(term) + 4 * Bounds.UNDERFLOW * (1 + Math.abs(dy)), term, dx);
    }
}
