package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** The exponential linear unit. */
public final class Elu {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Elu() {}

    /**
     * y[i] ← x[i] &gt; 0 ? x[i] : alpha · (exp(x[i]) − 1).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error exact for positive x; else at most γ(4)·|y|, from the measured 1.25 ULP of exp(x) − 1, and one rounding
     * @special NaN gives NaN; −∞ gives −alpha; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Elu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha what the function falls to, with the opposite sign
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative or alpha is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("Elu.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requireFinite("Elu.forward", alpha);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).scalars(alpha, 0, false)
                .run(workers, n);
    }

    /**
     * dx[i] ← x[i] &gt; 0 ? dy[i] : dy[i] · alpha · exp(x[i]), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error exact for positive x; else at most γ(4)·|dx|, from the measured 0.88 ULP of exp, and two roundings; one rounding of the sum when accumulating
     * @special where x is NaN, NaN; at x = 0 the derivative is taken to be alpha; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Elu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha what the function falls to, with the opposite sign
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative or alpha is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        Arguments.backward("Elu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requireFinite("Elu.backward", alpha);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(alpha, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float alpha, float[] expm1, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector.fromArray(FLOATS, expm1, i).mul(alpha).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y,
                    yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v > 0 ? v : expm1[i] * alpha;
        }
    }

    private static void backward(int n, float alpha, float[] exp, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector slope = FloatVector.fromArray(FLOATS, exp, i).mul(alpha).blend(1f,
                    FloatVector.fromArray(FLOATS, x, xOffset + i).compare(VectorOperators.GT, 0f));
            FloatVector d = slope.mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float slope = x[xOffset + i] > 0 ? 1f : exp[i] * alpha;
            float d = slope * dy[dyOffset + i];
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        Forward() {
            super(ELEMENTARY_CHUNK);
        }

        @Override
        protected void range(int from, int n, float[] scratch) {
            for (int i = 0; i < n; i += VectorMath.BLOCK) {
                int length = Math.min(VectorMath.BLOCK, n - i);
                VectorMath.expm1(length, 1f, a, aOffset + from + i, scratch, 0);
                forward(length, alpha, scratch, a, aOffset + from + i, b, bOffset + from + i);
            }
        }
    }

    private static final class Backward extends ElementwiseJob {

        Backward() {
            super(ELEMENTARY_CHUNK);
        }

        @Override
        protected void range(int from, int n, float[] scratch) {
            for (int i = 0; i < n; i += VectorMath.BLOCK) {
                int length = Math.min(VectorMath.BLOCK, n - i);
                VectorMath.exp(length, a, aOffset + from + i, scratch, 0);
                backward(length, alpha, scratch, a, aOffset + from + i, b, bOffset + from + i, c, cOffset + from + i,
                        accumulate);
            }
        }
    }
}
