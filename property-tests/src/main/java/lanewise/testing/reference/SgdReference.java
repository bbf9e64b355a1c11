package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** w ← w − learningRate · (dw + weightDecay · w). */
public final class SgdReference {

    private SgdReference() {}

    /**
     * The new weight.
     *
     * @param learningRate the step
     * @param weightDecay factor of the weight in its own gradient
     * @param dw gradient
     * @param w the old weight
     * @return w − learningRate · (dw + weightDecay · w)
     */
    public static double value(double learningRate, double weightDecay, double dw, double w) {
        return w - learningRate * (dw + weightDecay * w);
    }

    /**
     * The bound of {@link #value}: u of the new weight and γ(3) of the step, for two fused multiply-adds or for separate
     * operations.
     *
     * @param learningRate the step
     * @param weightDecay factor of the weight in its own gradient
     * @param dw gradient
     * @param w the old weight
     * @return the absolute error that is permitted
     */
    public static double bound(double learningRate, double weightDecay, double dw, double w) {
        double step = Math.abs(learningRate) * (Math.abs(dw) + Math.abs(weightDecay * w));
        return Bounds.UNIT_ROUNDOFF * Math.abs(value(learningRate, weightDecay, dw, w)) + Bounds.gamma(3) * step
                + 4 * Bounds.UNDERFLOW * (1 + Math.abs(learningRate));
    }
}
