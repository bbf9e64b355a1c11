package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.testing.Bounds;

/** One number from a row, its gradient, and the bounds of both in float32. */
public final class AxisReductionReference {

    // 128 additions of a running sum, 5 of the tree, a rounding of the term and one of the result.
    private static final int SUM = 135;

    private AxisReductionReference() {}

    /**
     * The number.
     *
     * @param operator what is computed
     * @param x the row
     * @return the exact result
     */
    public static double value(ReductionOperator operator, double... x) {
        return switch (operator) {
            case SUM -> Arrays.stream(x).sum();
            case MEAN -> LayerNormReference.mean(x);
            case VARIANCE -> LayerNormReference.variance(x);
            case MAX -> Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
            case MIN -> Arrays.stream(x).reduce(Double.POSITIVE_INFINITY, Math::min);
            case PRODUCT -> Arrays.stream(x).reduce(1, (a, b) -> a * b);
            case L1 -> magnitude(x);
            case L2 -> Math.sqrt(squares(x));
            case SQUARES -> squares(x);
        };
    }

    /**
     * The bound of {@link #value}.
     *
     * @param operator what is computed
     * @param x the row
     * @return the absolute error that is permitted
     */
    public static double bound(ReductionOperator operator, double... x) {
        double exact = Math.abs(value(operator, x));
        return switch (operator) {
            case MAX, MIN -> 0;
            case SUM, L1 -> Bounds.gamma(SUM) * magnitude(x);
            case MEAN -> Bounds.gamma(SUM) * magnitude(x) / x.length + Bounds.UNDERFLOW;
            case PRODUCT -> Bounds.gamma(1) * exact + Bounds.UNDERFLOW;
            case SQUARES, L2 -> Bounds.gamma(SUM + 1) * exact + Math.sqrt(x.length * Bounds.UNDERFLOW);
            case VARIANCE ->
                LayerNormReference.varianceBound(x) + Bounds.gamma(5) * exact
                        + Math.pow(Bounds.gamma(2), 2) * squares(x) / x.length;
        };
    }

    /**
     * The derivative with respect to each element, times dy.
     *
     * @param operator what was computed
     * @param x the row
     * @param dy gradient with respect to the result
     * @return the gradients
     */
    public static double[] gradient(ReductionOperator operator, double[] x, double dy) {
        double y = value(operator, x);
        double mean = LayerNormReference.mean(x);
        double[] dx = new double[x.length];
        boolean found = false;
        for (int j = 0; j < dx.length; j++) {
            boolean isIt = !found && (x[j] == y || (Double.isNaN(y) && Double.isNaN(x[j])));
            found |= isIt;
            dx[j] = dy * switch (operator) {
                case SUM -> 1;
                case MEAN -> 1.0 / x.length;
                case VARIANCE -> 2 * (x[j] - mean) / x.length;
                case MAX, MIN -> isIt ? 1 : 0;
                case PRODUCT -> others(j, x);
                case L1 -> Math.signum(x[j]);
                case L2 -> y == 0 ? 0 : x[j] / y;
                case SQUARES -> 2 * x[j];
            };
        }
        return dx;
    }

    /**
     * The bounds of {@link #gradient}, where the result that the kernel reads is rounded from the exact one.
     *
     * @param operator what was computed
     * @param x the row
     * @param dy gradient with respect to the result
     * @return the absolute errors that are permitted
     */
    public static double[] gradientBound(ReductionOperator operator, double[] x, double dy) {
        double[] bound = gradient(operator, x, dy);
        double mean = LayerNormReference.mean(x);
        double meanOfMagnitudes = magnitude(x) / x.length;
        for (int j = 0; j < bound.length; j++) {
            double exact = Math.abs(bound[j]);
            bound[j] = 2 * Bounds.UNDERFLOW + switch (operator) {
                case SUM, L1, MAX, MIN -> 0;
                case MEAN -> Bounds.gamma(1) * exact;
                case SQUARES, PRODUCT -> Bounds.gamma(2) * exact;
                case L2 -> Bounds.gamma(4) * exact;
                case VARIANCE ->
                    Bounds.gamma(4) * Math.abs(dy) * 2 / x.length * (Math.abs(x[j]) + Math.abs(mean))
                            + Bounds.gamma(SUM) * Math.abs(dy) * 2 / x.length * meanOfMagnitudes;
            };
        }
        return bound;
    }

    private static double others(int but, double... x) {
        double product = 1;
        for (int j = 0; j < x.length; j++) {
            product *= j == but ? 1 : x[j];
        }
        return product;
    }

    private static double magnitude(double... x) {
        return Arrays.stream(x).map(Math::abs).sum();
    }

    private static double squares(double... x) {
        return Arrays.stream(x).map(v -> v * v).sum();
    }
}
