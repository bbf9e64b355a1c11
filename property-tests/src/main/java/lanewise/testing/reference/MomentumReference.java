package lanewise.testing.reference;

import lanewise.testing.Rounded;

/** velocity ← momentum · velocity + (1 − dampening) · d, w ← w − learningRate · (velocity, or d + momentum · velocity). */
public final class MomentumReference {

    private MomentumReference() {}

    /**
     * One update of an element, with the error bounds of the kernel's operations.
     *
     * @param learningRate step length
     * @param momentum how much of the velocity remains
     * @param dampening how much less of the gradient is added
     * @param nesterov whether to look one step ahead
     * @param weightDecay factor of the weight in its own gradient
     * @param dw gradient with respect to the weight
     * @param state the weight, its velocity: the old numbers, replaced by the new ones
     */
    public static void update(double learningRate, double momentum, double dampening, boolean nesterov,
            double weightDecay, double dw, Rounded[] state) {
        Rounded gradient = Rounded.exact(weightDecay).times(state[0]).plus(Rounded.exact(dw));
        Rounded kept = Rounded.exact(momentum);
        Rounded part = Rounded.exact(1).minus(Rounded.exact(dampening));
        Rounded velocity = kept.times(state[1]).plus(gradient.times(part));
        Rounded direction = nesterov ? kept.times(velocity).plus(gradient) : velocity;
        state[0] = state[0].minus(Rounded.exact(learningRate).times(direction));
        state[1] = velocity;
    }
}
