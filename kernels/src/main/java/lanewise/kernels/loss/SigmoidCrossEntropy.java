package lanewise.kernels.loss;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;
import lanewise.kernels.internal.VectorMath;

/**
 * Cross-entropy of independent probabilities, computed from their logits, so that nothing overflows and no logarithm of
 * a rounded 0 is taken.
 */
public final class SigmoidCrossEntropy {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private SigmoidCrossEntropy() {}

    /**
     * loss ← scale · Σ (max(z[i], 0) - z[i]·target[i] + log(1 + exp(-|z[i]|))), which is the cross-entropy
     * -target·log(s) - (1 - target)·log(1 - s) of s = sigmoid(z). The first two are computed as |z[i]|·w[i], where w is
     * target for z &lt; 0 and 1 - target elsewhere: for targets from 0 to 1 nothing cancels.
     *
     * @shape z, target: n elements; loss: 1 element
     * @writes overwrites loss
     * @aliasing loss may be an element of z or target
     * @workspace 4128 elements per worker, one per 4096 elements shared
     * @error at most γ(140)·|scale|·Σ (|z·w| + log(1 + exp(-|z|))) for any n, which is γ(140)·loss for targets from 0 to 1:
     *        2.1 ULP of the logarithm (measured), two roundings of a term, 133 of its sum, one of the
     *        result
     * @special NaN propagates, and z = ±∞ with w = 0 (a certain and right answer) gives NaN too; n = 0 gives 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source PyTorch BCEWithLogitsLoss (reduction "sum"); Nielsen, Neural Networks and Deep Learning (2015), equation
     *         57, with scale = 1 / batch size
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param scale factor of the sum
     * @param z logits
     * @param zOffset index of the first
     * @param target probabilities wanted
     * @param targetOffset index of the first
     * @param loss the result
     * @param lossOffset its index
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float scale, float[] z, int zOffset, float[] target,
            int targetOffset, float[] loss, int lossOffset) {
        String op = "SigmoidCrossEntropy.forward";
        Objects.requireNonNull(workers, "SigmoidCrossEntropy.forward: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "z", z, zOffset, n);
        Checks.vector(op, "target", target, targetOffset, n);
        Checks.vector(op, "loss", loss, lossOffset, 1);
        double total = workers.reusable(Forward.class, Forward::new).total(workers, n, z, zOffset, target,
                targetOffset);
        loss[lossOffset] = (float) (scale * total);
    }

    /**
     * dz[i] ← dLoss · scale · (sigmoid(z[i]) - target[i]), or dz[i] plus that.
     *
     * @shape z, target, dz: n elements; dLoss: 1 element
     * @writes overwrites dz, or accumulates into it
     * @aliasing dz may be z or target at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error at most |dLoss·scale|·(γ(3)·|sigmoid(z) - target| + 2 ULP of sigmoid(z)), and one rounding of the sum when
     *        accumulating
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param scale factor of the sum in the forward pass
     * @param z logits
     * @param zOffset index of the first
     * @param target probabilities wanted
     * @param targetOffset index of the first
     * @param dLoss gradient with respect to the loss
     * @param dLossOffset its index
     * @param dz gradient with respect to z
     * @param dzOffset index of its first element
     * @param accumulate whether to add to dz
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float scale, float[] z, int zOffset, float[] target,
            int targetOffset, float[] dLoss, int dLossOffset, float[] dz, int dzOffset, boolean accumulate) {
        String op = "SigmoidCrossEntropy.backward";
        Objects.requireNonNull(workers, "SigmoidCrossEntropy.backward: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "z", z, zOffset, n);
        Checks.vector(op, "target", target, targetOffset, n);
        Checks.vector(op, "dLoss", dLoss, dLossOffset, 1);
        Checks.vector(op, "dz", dz, dzOffset, n);
        float factor = dLoss[dLossOffset] * scale;
        workers.reusable(Backward.class, Backward::new).operands(z, zOffset, target, targetOffset, dz, dzOffset)
                .scalars(factor, 0, accumulate).run(workers, n);
    }

    private static void terms(int n, float[] z, int zOffset, float[] target, int targetOffset, float[] terms,
            int termsOffset) {
        VectorMath.log1pExpOfMinusAbs(n, z, zOffset, terms, termsOffset);
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, z, zOffset + i);
            FloatVector t = FloatVector.fromArray(FLOATS, target, targetOffset + i);
            FloatVector w = FloatVector.broadcast(FLOATS, 1f).sub(t).blend(t, v.compare(VectorOperators.LT, 0f));
            (FMA
                    ? v.abs().fma(w, FloatVector.fromArray(FLOATS, terms, termsOffset + i))
                    : v.abs().mul(w).add(FloatVector.fromArray(FLOATS, terms, termsOffset + i))).intoArray(terms,
                            termsOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = z[zOffset + i];
            float t = target[targetOffset + i];
            terms[termsOffset + i] = Lanes.fma(Math.abs(v), v < 0 ? t : 1f - t, terms[termsOffset + i]);
        }
    }

    private static void backward(int n, float factor, float[] z, int zOffset, float[] target, int targetOffset,
            float[] dz, int dzOffset, boolean accumulate, float[] scratch) {
        for (int i = 0; i < n; i += VectorMath.BLOCK) {
            int length = Math.min(VectorMath.BLOCK, n - i);
            VectorMath.sigmoid(length, z, zOffset + i, scratch, 0);
            scaledDifference(length, factor, scratch, target, targetOffset + i, dz, dzOffset + i, accumulate);
        }
    }

    private static void scaledDifference(int n, float factor, float[] s, float[] target, int targetOffset, float[] dz,
            int dzOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, s, i)
                    .sub(FloatVector.fromArray(FLOATS, target, targetOffset + i)).mul(factor);
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dz, dzOffset + i));
            }
            d.intoArray(dz, dzOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = (s[i] - target[targetOffset + i]) * factor;
            dz[dzOffset + i] = accumulate ? d + dz[dzOffset + i] : d;
        }
    }

    private static final class Forward extends SumJob {

        @Override
        protected float block(int from, int n, float[] scratch) {
            terms(n, a, aOffset + from, b, bOffset + from, scratch, Lanes.SUM_LANES);
            return sum(n, scratch, Lanes.SUM_LANES, scratch);
        }
    }

    private static final class Backward extends ElementwiseJob {

        Backward() {
            super(ELEMENTARY_CHUNK);
        }

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, alpha, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate,
                    scratch);
        }
    }
}
