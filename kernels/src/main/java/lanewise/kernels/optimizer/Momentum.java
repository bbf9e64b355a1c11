package lanewise.kernels.optimizer;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Gradient descent with momentum, also that of Nesterov, in one pass. */
public final class Momentum {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private Momentum() {}

    /**
     * With d = dw[i] + weightDecay · w[i]: velocity[i] ← momentum · velocity[i] + (1 − dampening) · d, then
     * w[i] ← w[i] − learningRate · velocity[i], or with Nesterov's w[i] − learningRate · (d + momentum · velocity[i]).
     *
     * @shape dw, w, velocity: n elements
     * @writes overwrites w, velocity
     * @aliasing the arrays must not overlap (not detected)
     * @workspace none
     * @error one rounding per operation of the formula, in its order, with products and sums fused where the hardware can: the running error analysis of {@code MomentumReference}
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source PyTorch torch.optim.SGD, which has no dampening at its first step; ONNX Momentum-1, whose beta is 1 − dampening
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param learningRate step length
     * @param momentum how much of the velocity remains
     * @param dampening how much less of the gradient is added
     * @param nesterov whether to look one step ahead
     * @param weightDecay how strongly the weights are drawn to 0
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param w the weights
     * @param wOffset index of the first
     * @param velocity what earlier gradients left; zeros at first
     * @param velocityOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void update(Workers workers, int n, float learningRate, float momentum, float dampening,
            boolean nesterov, float weightDecay, float[] dw, int dwOffset, float[] w, int wOffset, float[] velocity,
            int velocityOffset) {
        String op = "Momentum.update";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "dw", dw, dwOffset, n);
        Checks.vector(op, "w", w, wOffset, n);
        Checks.vector(op, "velocity", velocity, velocityOffset, n);
        Update job = workers.reusable(Update.class, Update::new);
        job.learningRate = learningRate;
        job.momentum = momentum;
        job.part = 1 - dampening;
        job.nesterov = nesterov;
        job.weightDecay = weightDecay;
        job.operands(dw, dwOffset, w, wOffset, velocity, velocityOffset).run(workers, n);
    }

    private static final class Update extends ElementwiseJob {

        private float learningRate;
        private float momentum;
        private float part;
        private boolean nesterov;
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
                FloatVector kept = FloatVector.broadcast(FLOATS, momentum);
                FloatVector velocity = FMA
                        ? kept.fma(FloatVector.fromArray(FLOATS, c, cOffset + i), gradient.mul(part))
                        : kept.mul(FloatVector.fromArray(FLOATS, c, cOffset + i)).add(gradient.mul(part));
                velocity.intoArray(c, cOffset + i);
                FloatVector direction = nesterov
                        ? (FMA ? kept.fma(velocity, gradient) : kept.mul(velocity).add(gradient))
                        : velocity;
                (FMA
                        ? FloatVector.broadcast(FLOATS, -learningRate).fma(direction, weight)
                        : FloatVector.broadcast(FLOATS, -learningRate).mul(direction).add(weight)).intoArray(b,
                                bOffset + i);
            }
            for (int i = from + main; i < from + n; i++) {
                float weight = b[bOffset + i];
                float gradient = Lanes.fma(weightDecay, weight, a[aOffset + i]);
                float velocity = Lanes.fma(momentum, c[cOffset + i], gradient * part);
                c[cOffset + i] = velocity;
                float direction = nesterov ? Lanes.fma(momentum, velocity, gradient) : velocity;
                b[bOffset + i] = Lanes.fma(-learningRate, direction, weight);
            }
        }
    }
}
