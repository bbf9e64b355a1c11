package lanewise.kernels.optimizer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Gradient descent whose steps shrink with the sum of all squared gradients, in one pass. */
public final class AdaGrad {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private AdaGrad() {}

    /**
     * With d = dw[i] + weightDecay · w[i]: sum[i] ← sum[i] + d², then w[i] ← w[i] − learningRate · d / (√sum[i] + epsilon).
     *
     * @shape dw, w, sum: n elements
     * @writes overwrites w, sum
     * @aliasing the arrays must not overlap (not detected)
     * @workspace none
     * @error one rounding per operation of the formula, in its order, with products and sums fused where the hardware can: the running error analysis of {@code AdaGradReference}
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Duchi, Hazan, Singer 2011; PyTorch torch.optim.Adagrad, ONNX Adagrad-1 (a decaying learning rate is the caller's)
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param learningRate step length
     * @param epsilon added to the root, so that nothing is divided by 0
     * @param weightDecay how strongly the weights are drawn to 0
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param w the weights
     * @param wOffset index of the first
     * @param sum sums of squared gradients; zeros at first, or another initial value
     * @param sumOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void update(Workers workers, int n, float learningRate, float epsilon, float weightDecay, float[] dw,
            int dwOffset, float[] w, int wOffset, float[] sum, int sumOffset) {
        String op = "AdaGrad.update";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "dw", dw, dwOffset, n);
        Checks.vector(op, "w", w, wOffset, n);
        Checks.vector(op, "sum", sum, sumOffset, n);
        Update job = workers.reusable(Update.class, Update::new);
        job.learningRate = learningRate;
        job.epsilon = epsilon;
        job.weightDecay = weightDecay;
        job.operands(dw, dwOffset, w, wOffset, sum, sumOffset).run(workers, n);
    }

    private static final class Update extends ElementwiseJob {

        private float learningRate;
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
                FloatVector sum = FMA
                        ? gradient.fma(gradient, FloatVector.fromArray(FLOATS, c, cOffset + i))
                        : gradient.mul(gradient).add(FloatVector.fromArray(FLOATS, c, cOffset + i));
                sum.intoArray(c, cOffset + i);
                weight.sub(gradient.mul(learningRate).div(sum.sqrt().add(epsilon))).intoArray(b, bOffset + i);
            }
            for (int i = from + main; i < from + n; i++) {
                float weight = b[bOffset + i];
                float gradient = Lanes.fma(weightDecay, weight, a[aOffset + i]);
                float sum = Lanes.fma(gradient, gradient, c[cOffset + i]);
                c[cOffset + i] = sum;
                b[bOffset + i] = weight - gradient * learningRate / ((float) Math.sqrt(sum) + epsilon);
            }
        }
    }
}
