package lanewise.testing.reference;

import lanewise.testing.Rounded;

/** m ← beta1 · m + (1 − beta1) · d, v ← beta2 · v + (1 − beta2) · d², w ← w − learningRate · corrected m / (√(corrected v) + epsilon). */
public final class AdamReference {

    private AdamReference() {}

    /**
     * One update of an element, with the error bounds of the kernel's operations.
     *
     * @param learningRate step length
     * @param beta1 how much of the mean of gradients remains
     * @param beta2 how much of the mean of their squares remains
     * @param epsilon added to the root
     * @param weightDecay factor of the weight in its own gradient, or part of it that a step takes away
     * @param decoupled whether the decay goes past the means
     * @param step number of the update, from 1
     * @param dw gradient with respect to the weight
     * @param state the weight, the mean of its gradients and the mean of their squares: the old numbers, replaced by the new ones
     */
    public static void update(double learningRate, double beta1, double beta2, double epsilon, double weightDecay,
            boolean decoupled, int step, double dw, Rounded[] state) {
        Rounded gradient = Rounded.exact(weightDecay).times(state[0]).plus(Rounded.exact(dw));
        if (decoupled) {
            gradient = Rounded.exact(dw);
            state[0] = state[0].times(Rounded.nearest(1 - learningRate * weightDecay));
        }
        Rounded part1 = Rounded.exact(1).minus(Rounded.exact(beta1));
        Rounded part2 = Rounded.exact(1).minus(Rounded.exact(beta2));
        state[1] = Rounded.exact(beta1).times(state[1]).plus(gradient.times(part1));
        state[2] = Rounded.exact(beta2).times(state[2]).plus(gradient.times(part2).times(gradient));
        Rounded stepSize = Rounded.nearest(learningRate / (1 - Math.pow(beta1, step)));
        Rounded rootFactor = Rounded.nearest(1 / Math.sqrt(1 - Math.pow(beta2, step)));
        Rounded root = state[2].sqrt().times(rootFactor).plus(Rounded.exact(epsilon));
        state[0] = state[0].minus(state[1].times(stepSize).over(root));
    }
}
