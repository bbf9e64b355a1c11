package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Numbers held between two bounds. */
public final class Clip {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Clip() {}

    /**
     * y[i] ← the lesser of max and the greater of min and x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact
     * @special NaN gives NaN; an infinite bound is none; if min is greater than max, all results are max; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Clip-13, PyTorch Hardtanh and ReLU6
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param min the least result
     * @param max the greatest
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative, or min or max is NaN
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float min, float max, float[] x, int xOffset, float[] y,
            int yOffset) {
        Arguments.forward("Clip.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requireNumber("Clip.forward", "min", min);
        Arguments.requireNumber("Clip.forward", "max", max);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).scalars(min, max, false)
                .run(workers, n);
    }

    /**
     * dx[i] ← x[i] ≤ min or x[i] ≥ max ? 0 : dy[i], or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact; one rounding of the sum when accumulating
     * @special where x is NaN, dy passes; where x is at a bound or beyond, dy is ignored, NaN included; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Clip-13, PyTorch Hardtanh
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param min the least result
     * @param max the greatest
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative, or min or max is NaN
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float min, float max, float[] x, int xOffset, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        Arguments.backward("Clip.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requireNumber("Clip.backward", "min", min);
        Arguments.requireNumber("Clip.backward", "max", max);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(min, max, accumulate).run(workers, n);
    }

    private static void forward(int n, float min, float max, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v = v.blend(min, v.compare(VectorOperators.LT, min));
            v.blend(max, v.compare(VectorOperators.GT, max)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i] < min ? min : x[xOffset + i];
            y[yOffset + i] = v > max ? max : v;
        }
    }

    private static void backward(int n, float min, float max, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyOffset + i).blend(0f,
                    v.compare(VectorOperators.LE, min).or(v.compare(VectorOperators.GE, max)));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            float d = v <= min || v >= max ? 0 : dy[dyOffset + i];
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
