package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** x times a straight line between 0 and 1, for the swish. */
public final class HardSwish {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private HardSwish() {}

    /**
     * y[i] ← x[i] ≤ −3 ? 0 : x[i] ≥ 3 ? x[i] : x[i] · (x[i] + 3) / 6.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error γ(3)·|y|
     * @special NaN gives NaN; −∞ gives 0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX HardSwish-22, PyTorch Hardswish
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
        Arguments.forward("HardSwish.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← x[i] ≤ −3 ? 0 : x[i] ≥ 3 ? dy[i] : dy[i] · (x[i] / 3 + 1/2), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error three roundings between −3 and 3, else exact; one rounding of the sum when accumulating
     * @special where x is NaN, NaN; where x ≤ −3, dy is ignored, NaN included; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX HardSwish-22
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
        Arguments.backward("HardSwish.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.add(3f).mul(v).div(6f).blend(0f, v.compare(VectorOperators.LE, -3f))
                    .blend(v, v.compare(VectorOperators.GE, 3f)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v <= -3 ? 0 : v >= 3 ? v : (v + 3) * v / 6;
        }
    }

    private static void backward(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector g = FloatVector.fromArray(FLOATS, dy, dyOffset + i);
            FloatVector d = v.div(3f).add(0.5f).mul(g).blend(0f, v.compare(VectorOperators.LE, -3f)).blend(g,
                    v.compare(VectorOperators.GE, 3f));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            float g = dy[dyOffset + i];
            float d = v <= -3 ? 0 : v >= 3 ? g : (v / 3 + 0.5f) * g;
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            forward(n, a, aOffset + from, b, bOffset + from);
        }
    }

    private static final class Backward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate);
        }
    }
}
