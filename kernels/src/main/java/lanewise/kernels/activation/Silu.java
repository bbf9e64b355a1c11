package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** The sigmoid linear unit, also known as swish. */
public final class Silu {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Silu() {}

    /**
     * y[i] ← x[i] / (1 + exp(−x[i])).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(5)·|y| where the sigmoid is a normal number; measured as {@link Sigmoid}, and one rounding
     * @special NaN and −∞ give NaN; +∞ gives +∞; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Swish-24 with alpha = 1; PyTorch SiLU
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
        Arguments.forward("Silu.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] · s · (1 + x[i] · (1 − s)) with s = 1 / (1 + exp(−x[i])), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(12)·|dy|·s·(1 + |x|) where s is a normal number, and one rounding of the sum when accumulating; proved from the bound of {@link Sigmoid}
     * @special NaN and infinities of x give NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of PyTorch SiLU
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
        Arguments.backward("Silu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void backward(int n, float[] sigmoid, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector s = FloatVector.fromArray(FLOATS, sigmoid, i);
            FloatVector one = FloatVector.broadcast(FLOATS, 1f);
            FloatVector d = one.sub(s).mul(FloatVector.fromArray(FLOATS, x, xOffset + i)).add(one).mul(s)
                    .mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float s = sigmoid[i];
            float d = ((1f - s) * x[xOffset + i] + 1f) * s * dy[dyOffset + i];
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
                VectorMath.timesSigmoid(length, a, aOffset + from + i, a, aOffset + from + i, b, bOffset + from + i,
                        scratch);
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
                backward(length, scratch, a, aOffset + from + i, b, bOffset + from + i, c, cOffset + from + i,
                        accumulate);
            }
        }
    }
}
