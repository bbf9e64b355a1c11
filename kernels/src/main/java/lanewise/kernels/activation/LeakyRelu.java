package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** The rectifier with a slope for negative arguments. */
public final class LeakyRelu {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private LeakyRelu() {}

    /**
     * y[i] ← x[i] &lt; 0 ? alpha · x[i] : x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded
     * @special NaN gives NaN; −0 gives −0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX LeakyRelu-16
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha slope for negative arguments
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative or alpha is not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("LeakyRelu.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requireFinite("LeakyRelu.forward", alpha);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).scalars(alpha, 0, false)
                .run(workers, n);
    }

    /**
     * dx[i] ← x[i] &gt; 0 ? dy[i] : alpha · dy[i], or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded, and one rounding of the sum when accumulating
     * @special where x is NaN, alpha · dy; at x = 0 the derivative is taken to be alpha; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX LeakyRelu-16
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha slope for negative arguments
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
        Arguments.backward("LeakyRelu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requireFinite("LeakyRelu.backward", alpha);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(alpha, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.blend(v.mul(alpha), v.compare(VectorOperators.LT, 0f)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v < 0 ? v * alpha : v;
        }
    }

    private static void backward(int n, float alpha, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector g = FloatVector.fromArray(FLOATS, dy, dyOffset + i);
            FloatVector d = g.mul(alpha).blend(g,
                    FloatVector.fromArray(FLOATS, x, xOffset + i).compare(VectorOperators.GT, 0f));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float g = dy[dyOffset + i];
            float d = x[xOffset + i] > 0 ? g : g * alpha;
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            forward(n, alpha, a, aOffset + from, b, bOffset + from);
        }
    }

    private static final class Backward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, alpha, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate);
        }
    }
}
