package lanewise.kernels.optimizer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Gradient descent with each step divided by the root of the mean of recent squared gradients, in one pass. */
public final class RmsProp {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private RmsProp() {}

    /**
     * With d = dw[i] + weightDecay · w[i]: square[i] ← smoothing · square[i] + (1 − smoothing) · d², then
     * w[i] ← w[i] − learningRate · d / (√square[i] + epsilon).
     *
     * @shape dw, w, square: n elements
     * @writes overwrites w, square
     * @aliasing the arrays must not overlap (not detected)
     * @workspace none
     * @error one rounding per operation of the formula, in its order, with products and sums fused where the hardware can: the running error analysis of {@code RmsPropReference}
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Tieleman, Hinton 2012; PyTorch torch.optim.RMSprop with alpha = smoothing, neither centered nor with momentum
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param learningRate step length
     * @param smoothing how much of the mean remains
     * @param epsilon added to the root, so that nothing is divided by 0
     * @param weightDecay how strongly the weights are drawn to 0
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param w the weights
     * @param wOffset index of the first
     * @param square running means of squared gradients; zeros at first
     * @param squareOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void update(Workers workers, int n, float learningRate, float smoothing, float epsilon,
            float weightDecay, float[] dw, int dwOffset, float[] w, int wOffset, float[] square, int squareOffset) {
        String op = "RmsProp.update";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "dw", dw, dwOffset, n);
        Checks.vector(op, "w", w, wOffset, n);
        Checks.vector(op, "square", square, squareOffset, n);
        Update job = workers.reusable(Update.class, Update::new);
        job.learningRate = learningRate;
        job.smoothing = smoothing;
        job.part = 1 - smoothing;
        job.epsilon = epsilon;
        job.weightDecay = weightDecay;
        job.operands(dw, dwOffset, w, wOffset, square, squareOffset).run(workers, n);
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
                FloatVector square = FMA
                        ? FloatVector.broadcast(FLOATS, smoothing).fma(FloatVector.fromArray(FLOATS, c, cOffset + i),
                                gradient.mul(part).mul(gradient))
                        : FloatVector.broadcast(FLOATS, smoothing).mul(FloatVector.fromArray(FLOATS, c, cOffset + i))
                                .add(gradient.mul(part).mul(gradient));
                square.intoArray(c, cOffset + i);
                weight.sub(gradient.mul(learningRate).div(square.sqrt().add(epsilon))).intoArray(b, bOffset + i);
            }
            for (int i = from + main; i < from + n; i++) {
                float weight = b[bOffset + i];
                float gradient = Lanes.fma(weightDecay, weight, a[aOffset + i]);
                float square = Lanes.fma(smoothing, c[cOffset + i], gradient * part * gradient);
                c[cOffset + i] = square;
                b[bOffset + i] = weight - gradient * learningRate / ((float) Math.sqrt(square) + epsilon);
            }
        }
    }
}
