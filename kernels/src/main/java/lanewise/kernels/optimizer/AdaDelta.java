package lanewise.kernels.optimizer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Gradient descent whose steps have the size of recent changes, in one pass. */
public final class AdaDelta {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private AdaDelta() {}

    /**
     * With d = dw[i] + weightDecay · w[i]: square[i] ← smoothing · square[i] + (1 − smoothing) · d²; the change
     * r = d · √(change[i] + epsilon) / √(square[i] + epsilon) gives change[i] ← smoothing · change[i] + (1 − smoothing) · r²,
     * then w[i] ← w[i] − learningRate · r.
     *
     * @shape dw, w, square, change: n elements
     * @writes overwrites w, square, change
     * @aliasing the arrays must not overlap (not detected)
     * @workspace none
     * @error one rounding per operation of the formula, in its order, with products and sums fused where the hardware can: the running error analysis of {@code AdaDeltaReference}
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Zeiler 2012; PyTorch torch.optim.Adadelta with rho = smoothing
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param learningRate factor of the step; 1 in the paper
     * @param smoothing how much of the means remains
     * @param epsilon added under the roots
     * @param weightDecay how strongly the weights are drawn to 0
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param w the weights
     * @param wOffset index of the first
     * @param square running means of squared gradients; zeros at first
     * @param squareOffset index of the first
     * @param change running means of squared changes; zeros at first
     * @param changeOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void update(Workers workers, int n, float learningRate, float smoothing, float epsilon,
            float weightDecay, float[] dw, int dwOffset, float[] w, int wOffset, float[] square, int squareOffset,
            float[] change, int changeOffset) {
        String op = "AdaDelta.update";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "dw", dw, dwOffset, n);
        Checks.vector(op, "w", w, wOffset, n);
        Checks.vector(op, "square", square, squareOffset, n);
        Checks.vector(op, "change", change, changeOffset, n);
        Update job = workers.reusable(Update.class, Update::new);
        job.learningRate = learningRate;
        job.smoothing = smoothing;
        job.part = 1 - smoothing;
        job.epsilon = epsilon;
        job.weightDecay = weightDecay;
        job.operands(dw, dwOffset, w, wOffset, square, squareOffset).fourth(change, changeOffset).run(workers, n);
    }

    private static final class Update extends ElementwiseJob {

        private float learningRate;
        private float smoothing;
        private float part;
        private float epsilon;
        private float weightDecay;

        @Override
        protected void range(int from, int n, float[] scratch) {
            int main = FLOATS.loopBound(n);
            for (int i = from; i < from + main; i += LANES) {
                FloatVector weight = FloatVector.fromArray(FLOATS, b, bOffset + i);
                FloatVector gradient = FMA
                        ? FloatVector.broadcast(FLOATS, weightDecay).fma(weight,
                                FloatVector.fromArray(FLOATS, a, aOffset + i))
                        : FloatVector.broadcast(FLOATS, weightDecay).mul(weight)
                                .add(FloatVector.fromArray(FLOATS, a, aOffset + i));
                FloatVector kept = FloatVector.broadcast(FLOATS, smoothing);
                FloatVector square = FMA
                        ? kept.fma(FloatVector.fromArray(FLOATS, c, cOffset + i), gradient.mul(part).mul(gradient))
                        : kept.mul(FloatVector.fromArray(FLOATS, c, cOffset + i)).add(gradient.mul(part).mul(gradient));
                square.intoArray(c, cOffset + i);
                FloatVector change = FloatVector.fromArray(FLOATS, d, dOffset + i);
                FloatVector r = gradient.mul(change.add(epsilon).sqrt()).div(square.add(epsilon).sqrt());
                (FMA ? kept.fma(change, r.mul(part).mul(r)) : kept.mul(change).add(r.mul(part).mul(r))).intoArray(d,
                        dOffset + i);
                (FMA
                        ? FloatVector.broadcast(FLOATS, -learningRate).fma(r, weight)
                        : FloatVector.broadcast(FLOATS, -learningRate).mul(r).add(weight)).intoArray(b, bOffset + i);
            }
            for (int i = from + main; i < from + n; i++) {
                float weight = b[bOffset + i];
                float gradient = Lanes.fma(weightDecay, weight, a[aOffset + i]);
                float square = Lanes.fma(smoothing, c[cOffset + i], gradient * part * gradient);
                c[cOffset + i] = square;
                float change = d[dOffset + i];
                float r = gradient * (float) Math.sqrt(change + epsilon) / (float) Math.sqrt(square + epsilon);
                d[dOffset + i] = Lanes.fma(smoothing, change, r * part * r);
                b[bOffset + i] = Lanes.fma(-learningRate, r, weight);
            }
        }
    }
}
