package lanewise.testing.reference;

import lanewise.testing.Rounded;

/** square ← smoothing · square + (1 − smoothing) · d², w ← w − learningRate · d / (√square + epsilon). */
public final class RmsPropReference {

    private RmsPropReference() {}

    /**
     * One update of an element, with the error bounds of the kernel's operations.
     *
     * @param learningRate step length
     * @param smoothing how much of the mean remains
     * @param epsilon added to the root
     * @param weightDecay factor of the weight in its own gradient
     * @param dw gradient with respect to the weight
     * @param state the weight, the mean of its squared gradients: the old numbers, replaced by the new ones
     */
    public static void update(double learningRate, double smoothing, double epsilon, double weightDecay, double dw,
            Rounded[] state) {
        Rounded gradient = Rounded.exact(weightDecay).times(state[0]).plus(Rounded.exact(dw));
        Rounded part = Rounded.exact(1).minus(Rounded.exact(smoothing));
        state[1] = Rounded.exact(smoothing).times(state[1]).plus(gradient.times(part).times(gradient));
        Rounded root = state[1].sqrt().plus(Rounded.exact(epsilon));
        state[0] = state[0].minus(gradient.times(Rounded.exact(learningRate)).over(root));
    }
}
