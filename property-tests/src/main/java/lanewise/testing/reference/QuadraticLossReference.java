package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** scale · ½ · Σ (y − t)² and its gradient. */
public final class QuadraticLossReference {

    private QuadraticLossReference() {}

    /**
     * scale · ½ · Σ (y − t)².
     *
     * @param scale factor of the sum
     * @param y outputs
     * @param target what they should be
     * @return the loss
     */
    public static double value(double scale, double[] y, double[] target) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (y[i] - target[i]) * (y[i] - target[i]);
        }
        return scale * 0.5 * sum;
    }

    /**
     * The bound of {@link #value}, relative since all terms have one sign: a difference counts twice in its square, then
     * come the square, the sum in blocks ({@link ReductionReference#sumBound}) and the last rounding.
     *
     * @param scale factor of the sum
     * @param y outputs
     * @param target what they should be
     * @return the absolute error that is permitted
     */
    public static double bound(double scale, double[] y, double[] target) {
        return Bounds.gamma(ReductionReference.roundings(y.length) + 3) * Math.abs(value(scale, y, target))
                + (y.length + 2) * Bounds.UNDERFLOW * (1 + Math.abs(scale));
    }

    /**
     * The gradient with respect to one output: dLoss · scale · (y − t).
     *
     * @param dLoss gradient with respect to the loss
     * @param scale factor of the sum
     * @param y an output
     * @param target what it should be
     * @return the gradient
     */
    public static double backward(double dLoss, double scale, double y, double target) {
        return dLoss * scale * (y - target);
    }

    /**
     * The bound of dy: three roundings of the product and one of the sum.
     *
     * @param dLoss gradient with respect to the loss
     * @param scale factor of the sum
     * @param y an output
     * @param target what it should be
     * @param dy what is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(double dLoss, double scale, double y, double target, double dy) {
        double term = backward(dLoss, scale, y, target);
        double underflow = 4 * Bounds.UNDERFLOW * (1 + Math.abs(dLoss) + Math.abs(scale) + Math.abs(y - target));
        return Bounds.accumulated(Bounds.gamma(3) * Math.abs(term) + underflow, term, dy);
    }
}
