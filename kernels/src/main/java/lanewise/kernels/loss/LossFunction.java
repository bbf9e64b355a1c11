package lanewise.kernels.loss;

/** The loss of one output y and its target t: what {@link PointwiseLoss} computes, and its derivative. */
public enum LossFunction {

    /** |y − t|; derivative the sign of y − t, 0 at 0. */
    ABSOLUTE,
    /** (y − t)²; derivative 2 (y − t). */
    SQUARED,
    /** d² / 2 for |d| = |y − t| up to delta, beyond it the line delta · (|d| − delta / 2); derivative d, held between −delta and delta. */
    HUBER,
    /** max(0, 1 − t · y) for t = ±1; derivative −t where the loss is positive, 0 elsewhere. */
    HINGE,
    /** t · (log t − y) for the logarithm y of a probability and a probability t, 0 where t is 0; derivative −t. */
    KL_DIVERGENCE,
    /**
     * −t · log y − (1 − t) · log(1 − y) for probabilities y and t, with logarithms of at least −100; derivative (y − t) / (y · (1 − y)), the divisor at
     * least 10⁻¹². From logits, {@link SigmoidCrossEntropy} is more exact.
     */
    BINARY_CROSS_ENTROPY
}
