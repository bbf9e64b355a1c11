package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** A smooth rectifier. */
public final class Softplus {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Softplus() {}

    /**
     * y[i] ← log(1 + exp(x[i])).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(6)·|y|, from the measured 2.1 ULP of log(1 + exp(−|x|)), and one rounding
     * @special NaN gives NaN; −∞ gives 0, +∞ gives +∞; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Softplus-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("Softplus.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] / (1 + exp(−x[i])), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(5)·|dx| where the sigmoid is a normal number, and one rounding of the sum when accumulating; measured as {@link Sigmoid}
     * @special NaN gives NaN; infinities as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Softplus-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        Arguments.backward("Softplus.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void addPositivePart(int n, float[] rest, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).add(FloatVector.fromArray(FLOATS, rest, i)).intoArray(y,
                    yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = (v < 0 ? 0 : v) + rest[i];
        }
    }

    private static void backward(int n, float[] sigmoid, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, sigmoid, i)
                    .mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = sigmoid[i] * dy[dyOffset + i];
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
                VectorMath.log1pExpOfMinusAbs(length, a, aOffset + from + i, scratch, 0);
                addPositivePart(length, scratch, a, aOffset + from + i, b, bOffset + from + i);
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
                VectorMath.sigmoid(length, a, aOffset + from + i, scratch, 0);
                backward(length, scratch, b, bOffset + from + i, c, cOffset + from + i, accumulate);
            }
        }
    }
}
