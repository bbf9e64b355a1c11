package lanewise.testing.reference;

import lanewise.testing.Rounded;

/** sum ← sum + d², w ← w − learningRate · d / (√sum + epsilon). */
public final class AdaGradReference {

    private AdaGradReference() {}

    /**
     * One update of an element, with the error bounds of the kernel's operations.
     *
     * @param learningRate step length
     * @param epsilon added to the root
     * @param weightDecay factor of the weight in its own gradient
     * @param dw gradient with respect to the weight
     * @param state the weight, the sum of its squared gradients: the old numbers, replaced by the new ones
     */
    public static void update(double learningRate, double epsilon, double weightDecay, double dw, Rounded[] state) {
        Rounded gradient = Rounded.exact(weightDecay).times(state[0]).plus(Rounded.exact(dw));
        state[1] = gradient.times(gradient).plus(state[1]);
        Rounded root = state[1].sqrt().plus(Rounded.exact(epsilon));
        state[0] = state[0].minus(gradient.times(Rounded.exact(learningRate)).over(root));
    }
}
