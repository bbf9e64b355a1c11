package lanewise.kernels.optimizer;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Plain gradient descent with weight decay, in one pass. */
public final class Sgd {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private Sgd() {}

    /**
     * w[i] ← w[i] - learningRate · (dw[i] + weightDecay · w[i]).
     *
     * @shape dw, w: n elements
     * @writes overwrites w
     * @aliasing dw and w must not overlap (not detected)
     * @workspace none
     * @error at most u·|w'| + 2u·|learningRate|·(|dw| + |weightDecay·w|), where w' is the new weight; proved (two fused
     *        multiply-adds)
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source PyTorch torch.optim.SGD without momentum
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param learningRate step length
     * @param weightDecay how strongly the weights are drawn to 0
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param w the weights
     * @param wOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void update(Workers workers, int n, float learningRate, float weightDecay, float[] dw, int dwOffset,
            float[] w, int wOffset) {
        String op = "Sgd.update";
        Objects.requireNonNull(workers, "Sgd.update: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "dw", dw, dwOffset, n);
        Checks.vector(op, "w", w, wOffset, n);
        if (ElementwiseJob.isSmall(n)) {
            update(n, learningRate, weightDecay, dw, dwOffset, w, wOffset);
        } else {
            workers.reusable(Update.class, Update::new).operands(dw, dwOffset, w, wOffset, null, 0)
                    .scalars(learningRate, weightDecay, false).run(workers, n);
        }
    }

    private static void update(int n, float learningRate, float weightDecay, float[] dw, int dwOffset, float[] w,
            int wOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, w, wOffset + i);
            FloatVector step = FloatVector.broadcast(FLOATS, -learningRate);
            FloatVector decay = FloatVector.broadcast(FLOATS, weightDecay);
            FloatVector d = FMA
                    ? decay.fma(v, FloatVector.fromArray(FLOATS, dw, dwOffset + i))
                    : decay.mul(v).add(FloatVector.fromArray(FLOATS, dw, dwOffset + i));
            (FMA ? step.fma(d, v) : step.mul(d).add(v)).intoArray(w, wOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = w[wOffset + i];
            float d = Lanes.fma(weightDecay, v, dw[dwOffset + i]);
            w[wOffset + i] = Lanes.fma(-learningRate, d, v);
        }
    }

    private static final class Update extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            update(n, alpha, beta, a, aOffset + from, b, bOffset + from);
        }
    }
}
