package lanewise.kernels.loss;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;

/** Half of the squared distance between outputs and targets. */
public final class QuadraticLoss {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private QuadraticLoss() {}

    /**
     * loss ← scale · ½ · Σ (y[i] - target[i])².
     *
     * @shape y, target: n elements; loss: 1 element
     * @writes overwrites loss
     * @aliasing loss may be an element of y or target; y and target may be the same
     * @workspace 4128 elements per worker, one per 4096 elements shared
     * @error at most γ(137)·loss for any n, proved: three roundings of a term, 133 of its sum, one of the result
     * @special NaN and infinities propagate as in the formula; n = 0 gives 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Nielsen, Neural Networks and Deep Learning (2015), equation 6, with scale = 1 / batch size
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param scale factor of the sum
     * @param y outputs
     * @param yOffset index of the first
     * @param target what they should be
     * @param targetOffset index of the first
     * @param loss the result
     * @param lossOffset its index
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float scale, float[] y, int yOffset, float[] target,
            int targetOffset, float[] loss, int lossOffset) {
        String op = "QuadraticLoss.forward";
        Objects.requireNonNull(workers, "QuadraticLoss.forward: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "y", y, yOffset, n);
        Checks.vector(op, "target", target, targetOffset, n);
        Checks.vector(op, "loss", loss, lossOffset, 1);
        double total = workers.reusable(Forward.class, Forward::new).total(workers, n, y, yOffset, target,
                targetOffset);
        loss[lossOffset] = (float) (0.5 * scale * total);
    }

    /**
     * dy[i] ← dLoss · scale · (y[i] - target[i]), or dy[i] plus that.
     *
     * @shape y, target, dy: n elements; dLoss: 1 element
     * @writes overwrites dy, or accumulates into it
     * @aliasing dy may be y or target at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error at most γ(3)·|dLoss·scale·(y - target)|, and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param scale factor of the sum in the forward pass
     * @param y outputs
     * @param yOffset index of the first
     * @param target what they should be
     * @param targetOffset index of the first
     * @param dLoss gradient with respect to the loss
     * @param dLossOffset its index
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param accumulate whether to add to dy
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float scale, float[] y, int yOffset, float[] target,
            int targetOffset, float[] dLoss, int dLossOffset, float[] dy, int dyOffset, boolean accumulate) {
        String op = "QuadraticLoss.backward";
        Objects.requireNonNull(workers, "QuadraticLoss.backward: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "y", y, yOffset, n);
        Checks.vector(op, "target", target, targetOffset, n);
        Checks.vector(op, "dLoss", dLoss, dLossOffset, 1);
        Checks.vector(op, "dy", dy, dyOffset, n);
        float factor = dLoss[dLossOffset] * scale;
        if (ElementwiseJob.isSmall(n)) {
            backward(n, factor, y, yOffset, target, targetOffset, dy, dyOffset, accumulate);
        } else {
            workers.reusable(Backward.class, Backward::new).operands(y, yOffset, target, targetOffset, dy, dyOffset)
                    .scalars(factor, 0, accumulate).run(workers, n);
        }
    }

    private static void terms(int n, float[] y, int yOffset, float[] target, int targetOffset, float[] terms,
            int termsOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, y, yOffset + i)
                    .sub(FloatVector.fromArray(FLOATS, target, targetOffset + i));
            d.mul(d).intoArray(terms, termsOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = y[yOffset + i] - target[targetOffset + i];
            terms[termsOffset + i] = d * d;
        }
    }

    private static void backward(int n, float factor, float[] y, int yOffset, float[] target, int targetOffset,
            float[] dy, int dyOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, y, yOffset + i)
                    .sub(FloatVector.fromArray(FLOATS, target, targetOffset + i)).mul(factor);
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            }
            d.intoArray(dy, dyOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = (y[yOffset + i] - target[targetOffset + i]) * factor;
            dy[dyOffset + i] = accumulate ? d + dy[dyOffset + i] : d;
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

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, alpha, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate);
        }
    }
}
