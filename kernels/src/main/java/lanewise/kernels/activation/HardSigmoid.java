package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** A straight line between 0 and 1, for the sigmoid. */
public final class HardSigmoid {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private HardSigmoid() {}

    /**
     * y[i] ← alpha · x[i] + beta, but at least 0 and at most 1.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error two roundings: of the product, and of the sum
     * @special NaN gives NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX HardSigmoid-22; PyTorch Hardsigmoid with alpha = 1/6 and beta = 1/2
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha slope of the line
     * @param beta its value at 0
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative, or alpha or beta is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float alpha, float beta, float[] x, int xOffset, float[] y,
            int yOffset) {
        Arguments.forward("HardSigmoid.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requireFinite("HardSigmoid.forward", alpha);
        Arguments.requireFinite("HardSigmoid.forward", "beta", beta);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0)
                .scalars(alpha, beta, false).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] · alpha where the line, as the forward pass computes it, is between 0 and 1, else 0; or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded where the line is further from 0 and 1 than its rounding errors; one rounding of the sum when accumulating
     * @special where x is NaN, dy · alpha; where the line is at 0 or 1 or beyond, dy is ignored, NaN included; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX HardSigmoid-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha slope of the line
     * @param beta its value at 0
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative, or alpha or beta is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float alpha, float beta, float[] x, int xOffset, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        Arguments.backward("HardSigmoid.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requireFinite("HardSigmoid.backward", alpha);
        Arguments.requireFinite("HardSigmoid.backward", "beta", beta);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(alpha, beta, accumulate).run(workers, n);
    }

    private static void forward(int n, float alpha, float beta, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i).mul(alpha).add(beta);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).blend(1f, v.compare(VectorOperators.GT, 1f)).intoArray(y,
                    yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i] * alpha + beta;
            y[yOffset + i] = v < 0 ? 0 : v > 1 ? 1 : v;
        }
    }

    private static void backward(int n, float alpha, float beta, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i).mul(alpha).add(beta);
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyOffset + i).mul(alpha).blend(0f,
                    v.compare(VectorOperators.LE, 0f).or(v.compare(VectorOperators.GE, 1f)));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i] * alpha + beta;
            float d = v <= 0 || v >= 1 ? 0 : dy[dyOffset + i] * alpha;
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            forward(n, alpha, beta, a, aOffset + from, b, bOffset + from);
        }
    }

    private static final class Backward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, alpha, beta, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate);
        }
    }
}
