package lanewise.testing.reference;

import lanewise.kernels.loss.LossFunction;
import lanewise.testing.Bounds;

/** Losses of one output and its target, their derivatives, and the bounds of both in float32. */
public final class PointwiseLossReference {

    private PointwiseLossReference() {}

    /**
     * The loss.
     *
     * @param function which
     * @param delta where HUBER becomes a line
     * @param y the output
     * @param t the target
     * @return the exact result
     */
    public static double value(LossFunction function, double delta, double y, double t) {
        double d = Math.abs(y - t);
        return switch (function) {
            case ABSOLUTE -> d;
            case SQUARED -> d * d;
            case HUBER -> d > delta ? delta * (d - delta / 2) : d * d / 2;
            case HINGE -> Math.max(0, 1 - t * y);
            case KL_DIVERGENCE -> t == 0 ? 0 : t * (Math.log(t) - y);
            case BINARY_CROSS_ENTROPY -> -t * heldLog(y) - (1 - t) * heldLog(1 - y);
        };
    }

    /**
     * The bound of {@link #value}.
     *
     * @param function which
     * @param delta where HUBER becomes a line
     * @param y the output
     * @param t the target
     * @return the absolute error that is permitted
     */
    public static double bound(LossFunction function, double delta, double y, double t) {
        double exact = value(function, delta, y, t);
        return 2 * Bounds.UNDERFLOW * (1 + delta) + switch (function) {
            case ABSOLUTE, HINGE -> Bounds.gamma(1) * Math.abs(exact);
            case SQUARED -> Bounds.gamma(3) * exact;
            case HUBER -> Bounds.gamma(4) * exact + Bounds.gamma(1) * delta * Math.abs(y - t);
            case KL_DIVERGENCE ->
                t == 0 ? 0 : Bounds.gamma(4) * Math.abs(t) * (Math.abs(Math.log(t)) + Math.abs(y));
            case BINARY_CROSS_ENTROPY ->
                Bounds.gamma(5) * (Math.abs(t * heldLog(y)) + Math.abs((1 - t) * heldLog(1 - y)))
                        + Bounds.gamma(1) * Math.abs(1 - t);
        };
    }

    /**
     * dLoss times the derivative with respect to y.
     *
     * @param function which
     * @param delta where HUBER becomes a line
     * @param y the output
     * @param t the target
     * @param dLoss gradient with respect to the loss
     * @return the gradient
     */
    public static double backward(LossFunction function, double delta, double y, double t, double dLoss) {
        return dLoss * switch (function) {
            case ABSOLUTE -> Math.signum(y - t);
            case SQUARED -> 2 * (y - t);
            case HUBER -> Math.max(-delta, Math.min(delta, y - t));
            case HINGE -> Double.isNaN(t * y) ? Double.NaN : t * y < 1 ? -t : 0;
            case KL_DIVERGENCE -> -t;
            case BINARY_CROSS_ENTROPY -> (y - t) / Math.max(y * (1 - y), 1e-12f);
        };
    }

    /**
     * The bound of {@link #backward}, and one rounding of the sum.
     *
     * @param function which
     * @param term the gradient
     * @param dLoss gradient with respect to the loss
     * @param old what it is added to, or 0
     * @return the absolute error that is permitted
     */
    public static double backwardBound(LossFunction function, double term, double dLoss, double old) {
        double magnitude = Double.isNaN(dLoss) ? 0 : Math.abs(dLoss);
        int roundings = function == LossFunction.BINARY_CROSS_ENTROPY ? 6 : 2;
        return Bounds.accumulated(Bounds.gamma(roundings) * Math.abs(term) + 2 * Bounds.UNDERFLOW * (1 + magnitude),
                term, old);
    }

    private static double heldLog(double v) {
        return Math.max(Math.log(v), -100);
    }
}
