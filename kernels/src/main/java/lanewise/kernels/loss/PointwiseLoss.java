package lanewise.kernels.loss;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The losses of outputs and targets, element by element. A sum or mean is {@code Reduction.sum} of them. */
public final class PointwiseLoss {

    private PointwiseLoss() {}

    /**
     * loss[i] ← function of y[i] and target[i].
     *
     * @shape y, target, loss: n elements
     * @writes overwrites loss
     * @aliasing loss may be y or target at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error ABSOLUTE, HINGE: correctly rounded; SQUARED γ(3), HUBER γ(4) of the loss and γ(1)·delta·|y − target|; KL_DIVERGENCE γ(4)·target·(|log target| + |y|); BINARY_CROSS_ENTROPY
     *        γ(5)·(|target · log y| + |(1 − target) · log(1 − y)|) + γ(1)·|1 − target|; but
     *        for underflow; proved
     * @special NaN and infinities propagate as in the formula; a negative target of KL_DIVERGENCE gives NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source PyTorch l1_loss, mse_loss, huber_loss, hinge_embedding_loss's margin form, kl_div, binary_cross_entropy, each with reduction "none"
     *
     * @param workers the team that computes
     * @param function what is computed
     * @param n number of elements
     * @param delta where HUBER becomes a line, positive; the others do not use it
     * @param y outputs
     * @param yOffset index of the first
     * @param target what they should be
     * @param targetOffset index of the first
     * @param loss the losses
     * @param lossOffset index of the first
     * @throws IllegalArgumentException if n is negative, or delta is not positive
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, LossFunction function, int n, float delta, float[] y, int yOffset,
            float[] target, int targetOffset, float[] loss, int lossOffset) {
        String op = "PointwiseLoss.forward";
        check(op, workers, function, n, delta, y, yOffset, target, targetOffset);
        Checks.vector(op, "loss", loss, lossOffset, n);
        workers.reusable(PointwiseLosses.class, PointwiseLosses::new).of(function)
                .operands(y, yOffset, target, targetOffset, loss, lossOffset).scalars(delta, 0, false).run(workers, n);
    }

    /**
     * dy[i] ← dLoss[i] · derivative at y[i], or dy[i] plus that.
     *
     * @shape y, target, dLoss, dy: n elements
     * @writes overwrites dy, or accumulates into it
     * @aliasing dy may be y, target or dLoss at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error at most γ(2)·|dy|, of BINARY_CROSS_ENTROPY γ(6)·|dy|, and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of {@link #forward}
     *
     * @param workers the team that computes
     * @param function what was computed
     * @param n number of elements
     * @param delta where HUBER becomes a line, positive; the others do not use it
     * @param y outputs
     * @param yOffset index of the first
     * @param target what they should be
     * @param targetOffset index of the first
     * @param dLoss gradient with respect to the losses
     * @param dLossOffset index of its first element
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param accumulate whether to add to dy
     * @throws IllegalArgumentException if n is negative, or delta is not positive
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, LossFunction function, int n, float delta, float[] y, int yOffset,
            float[] target, int targetOffset, float[] dLoss, int dLossOffset, float[] dy, int dyOffset,
            boolean accumulate) {
        String op = "PointwiseLoss.backward";
        check(op, workers, function, n, delta, y, yOffset, target, targetOffset);
        Checks.vector(op, "dLoss", dLoss, dLossOffset, n);
        Checks.vector(op, "dy", dy, dyOffset, n);
        workers.reusable(PointwiseLossGradients.class, PointwiseLossGradients::new).of(function)
                .operands(y, yOffset, target, targetOffset, dLoss, dLossOffset).fourth(dy, dyOffset)
                .scalars(delta, 0, accumulate).run(workers, n);
    }

    private static void check(String op, Workers workers, LossFunction function, int n, float delta, float[] y,
            int yOffset, float[] target, int targetOffset) {
        Checks.workers(op, workers);
        if (function == null) {
            throw new NullPointerException(op + ": function is null");
        }
        Checks.size(op, "n", n);
        if (!(delta > 0)) {
            throw new IllegalArgumentException(op + ": delta = " + delta + ", need delta > 0");
        }
        Checks.vector(op, "y", y, yOffset, n);
        Checks.vector(op, "target", target, targetOffset, n);
    }
}
