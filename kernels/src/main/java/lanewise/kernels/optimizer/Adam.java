package lanewise.kernels.optimizer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.Power;

/** Gradient descent with running means of gradients and of their squares (Adam and AdamW), in one pass. */
public final class Adam {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private Adam() {}

    /**
     * With d = dw[i] + weightDecay · w[i], or d = dw[i] and w[i] ← (1 − learningRate · weightDecay) · w[i] first where the decay is
     * decoupled: m[i] ← beta1 · m[i] + (1 − beta1) · d, v[i] ← beta2 · v[i] + (1 − beta2) · d², then
     * w[i] ← w[i] − learningRate / (1 − beta1<sup>step</sup>) · m[i] / (√(v[i] / (1 − beta2<sup>step</sup>)) + epsilon).
     *
     * @shape dw, w, m, v: n elements
     * @writes overwrites w, m, v
     * @aliasing the arrays must not overlap (not detected)
     * @workspace none
     * @error one rounding per operation of the formula, in its order, with products and sums fused where the hardware can: the running error analysis of {@code AdamReference}
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Kingma, Ba 2015; Loshchilov, Hutter 2019 (decoupled); PyTorch torch.optim.Adam and AdamW
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param learningRate step length
     * @param beta1 how much of the mean of gradients remains
     * @param beta2 how much of the mean of their squares remains
     * @param epsilon added to the root, so that nothing is divided by 0
     * @param weightDecay how strongly the weights are drawn to 0
     * @param decoupled whether the decay goes past the means (AdamW)
     * @param step number of this update, from 1
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param w the weights
     * @param wOffset index of the first
     * @param m running means of gradients; zeros at first
     * @param mOffset index of the first
     * @param v running means of squared gradients; zeros at first
     * @param vOffset index of the first
     * @throws IllegalArgumentException if n is negative or step is less than 1
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void update(Workers workers, int n, float learningRate, float beta1, float beta2, float epsilon,
            float weightDecay, boolean decoupled, int step, float[] dw, int dwOffset, float[] w, int wOffset, float[] m,
            int mOffset, float[] v, int vOffset) {
        String op = "Adam.update";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        if (step < 1) {
            throw new IllegalArgumentException("Adam.update: step = " + step + ", need step >= 1");
        }
        Checks.vector(op, "dw", dw, dwOffset, n);
        Checks.vector(op, "w", w, wOffset, n);
        Checks.vector(op, "m", m, mOffset, n);
        Checks.vector(op, "v", v, vOffset, n);
        Update job = workers.reusable(Update.class, Update::new);
        job.stepSize = (float) (learningRate / (1 - Power.pow(beta1, step)));
        job.rootFactor = (float) (1 / Math.sqrt(1 - Power.pow(beta2, step)));
        job.beta1 = beta1;
        job.part1 = 1 - beta1;
        job.beta2 = beta2;
        job.part2 = 1 - beta2;
        job.epsilon = epsilon;
        job.weightDecay = weightDecay;
        job.decoupled = decoupled;
        job.kept = decoupled ? (float) (1 - (double) learningRate * weightDecay) : 1;
        job.operands(dw, dwOffset, w, wOffset, m, mOffset).fourth(v, vOffset).run(workers, n);
    }

    private static final class Update extends ElementwiseJob {

        private float stepSize;
        private float beta1;
        private float part1;
        private float beta2;
        private float part2;
        private float rootFactor;
        private float epsilon;
        private float weightDecay;
        private boolean decoupled;
        private float kept;

        @Override
        protected void range(int from, int n, float[] scratch) {
            int main = FLOATS.loopBound(n);
            for (int i = from; i < from + main; i += LANES) {
                FloatVector weight = FloatVector.fromArray(FLOATS, b, bOffset + i);
                FloatVector gradient = FloatVector.fromArray(FLOATS, a, aOffset + i);
                if (!decoupled) {
                    gradient = FMA
                            ? FloatVector.broadcast(FLOATS, weightDecay).fma(weight, gradient)
                            : FloatVector.broadcast(FLOATS, weightDecay).mul(weight).add(gradient);
                }
                FloatVector mean = FMA
                        ? FloatVector.broadcast(FLOATS, beta1).fma(FloatVector.fromArray(FLOATS, c, cOffset + i),
                                gradient.mul(part1))
                        : FloatVector.broadcast(FLOATS, beta1).mul(FloatVector.fromArray(FLOATS, c, cOffset + i))
                                .add(gradient.mul(part1));
                FloatVector square = FMA
                        ? FloatVector.broadcast(FLOATS, beta2).fma(FloatVector.fromArray(FLOATS, d, dOffset + i),
                                gradient.mul(part2).mul(gradient))
                        : FloatVector.broadcast(FLOATS, beta2).mul(FloatVector.fromArray(FLOATS, d, dOffset + i))
                                .add(gradient.mul(part2).mul(gradient));
                mean.intoArray(c, cOffset + i);
                square.intoArray(d, dOffset + i);
                FloatVector root = square.sqrt().mul(rootFactor).add(epsilon);
                weight.mul(kept).sub(mean.mul(stepSize).div(root)).intoArray(b, bOffset + i);
            }
            for (int i = from + main; i < from + n; i++) {
                float weight = b[bOffset + i];
                float gradient = a[aOffset + i];
                if (!decoupled) {
                    gradient = Lanes.fma(weightDecay, weight, gradient);
                }
                float mean = Lanes.fma(beta1, c[cOffset + i], gradient * part1);
                float square = Lanes.fma(beta2, d[dOffset + i], gradient * part2 * gradient);
                c[cOffset + i] = mean;
                d[dOffset + i] = square;
                float root = (float) Math.sqrt(square) * rootFactor + epsilon;
                b[bOffset + i] = weight * kept - mean * stepSize / root;
            }
        }
    }
}
