package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** The rectifier. */
public final class Relu {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Relu() {}

    /**
     * y[i] ← x[i] &lt; 0 ? 0 : x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact
     * @special NaN gives NaN; -0 gives -0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Relu-14
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
        Arguments.forward("Relu.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← y[i] ≤ 0 ? 0 : dy[i], or dx[i] plus that, where y is the result of {@link #forward}. At x = 0 the
     * derivative is taken to be 0.
     *
     * @shape y, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or y at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact; one rounding of the sum when accumulating
     * @special where y is NaN, dy passes; where y ≤ 0, dy is ignored, NaN included; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Relu-14
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param y results of the forward pass
     * @param yOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        Arguments.backward("Relu.backward", workers, n, "y", y, yOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(y, yOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v < 0 ? 0 : v;
        }
    }

    private static void backward(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, y, yOffset + i);
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyOffset + i).blend(0f,
                    v.compare(VectorOperators.LE, 0f));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = y[yOffset + i] <= 0 ? 0 : dy[dyOffset + i];
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
