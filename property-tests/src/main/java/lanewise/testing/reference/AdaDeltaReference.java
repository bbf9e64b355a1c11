package lanewise.testing.reference;

import lanewise.testing.Rounded;

/** Steps of the size of recent changes: r = d · √(change + epsilon) / √(square + epsilon), w ← w − learningRate · r. */
public final class AdaDeltaReference {

    private AdaDeltaReference() {}

    /**
     * One update of an element, with the error bounds of the kernel's operations.
     *
     * @param learningRate factor of the step
     * @param smoothing how much of the means remains
     * @param epsilon added under the roots
     * @param weightDecay factor of the weight in its own gradient
     * @param dw gradient with respect to the weight
     * @param state the weight, the mean of its squared gradients and the mean of its squared changes: the old numbers, replaced by the new ones
     */
    public static void update(double learningRate, double smoothing, double epsilon, double weightDecay, double dw,
            Rounded[] state) {
        Rounded gradient = Rounded.exact(weightDecay).times(state[0]).plus(Rounded.exact(dw));
        Rounded kept = Rounded.exact(smoothing);
        Rounded part = Rounded.exact(1).minus(kept);
        Rounded little = Rounded.exact(epsilon);
        state[1] = kept.times(state[1]).plus(gradient.times(part).times(gradient));
        Rounded r = gradient.times(state[2].plus(little).sqrt()).over(state[1].plus(little).sqrt());
        state[2] = kept.times(state[2]).plus(r.times(part).times(r));
        state[0] = state[0].minus(Rounded.exact(learningRate).times(r));
    }
}
