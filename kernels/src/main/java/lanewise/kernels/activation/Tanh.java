package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** The hyperbolic tangent. */
public final class Tanh {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Tanh() {}

    /**
     * y[i] ← tanh(x[i]).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace 1024 elements per worker
     * @error at most 1.6 ULP, measured over every float
     * @special NaN gives NaN; ±∞ gives ±1; −0 gives −0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Tanh-13
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
        Arguments.forward("Tanh.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] · (1 − y[i]²), or dx[i] plus that, where y is the result of {@link #forward}.
     *
     * @shape y, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or y at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error at most γ(4)·|dy|·(1 − y²), and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Tanh-13
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
        Arguments.backward("Tanh.backward", workers, n, "y", y, yOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(y, yOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void backward(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, y, yOffset + i);
            // (1 - y) (1 + y) instead of 1 - y^2, which would lose what is left where y is nearly 1.
            FloatVector one = FloatVector.broadcast(FLOATS, 1f);
            FloatVector d = one.sub(v).mul(one.add(v)).mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = y[yOffset + i];
            float d = (1f - v) * (1f + v) * dy[dyOffset + i];
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        Forward() {
            super(ELEMENTARY_CHUNK);
        }

        @Override
        protected void range(int from, int n, float[] scratch) {
            VectorMath.tanh(n, a, aOffset + from, b, bOffset + from, scratch);
        }
    }

    private static final class Backward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate);
        }
    }
}
