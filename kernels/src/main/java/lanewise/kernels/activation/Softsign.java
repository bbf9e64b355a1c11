package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** x / (1 + |x|). */
public final class Softsign {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final int SIGN = Integer.MIN_VALUE;

    private Softsign() {}

    /**
     * y[i] ← x[i] / (1 + |x[i]|).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error γ(2)·|y|
     * @special NaN gives NaN; ±∞ gives ±1; −0 gives −0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Softsign-22, PyTorch Softsign
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
        Arguments.forward("Softsign.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] / (1 + |x[i]|)², or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error γ(4)·|dx|; one rounding of the sum when accumulating
     * @special where x is NaN, NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Softsign-22
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
        Arguments.backward("Softsign.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector a = v.abs();
            // Of infinities the sign is left.
            VectorMask<Float> isInfinite = a.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
            a.blend(1f, isInfinite).div(a.add(1f).blend(1f, isInfinite)).reinterpretAsInts()
                    .or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats()
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = Float.isInfinite(v) ? Math.signum(v) : v / (Math.abs(v) + 1);
        }
    }

    private static void backward(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector denominator = FloatVector.fromArray(FLOATS, x, xOffset + i).abs().add(1f);
            // Divided twice, as the square may be too large.
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyOffset + i).div(denominator).div(denominator);
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float denominator = Math.abs(x[xOffset + i]) + 1;
            float d = dy[dyOffset + i] / denominator / denominator;
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
