package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** The Gaussian error linear unit by its approximation with a hyperbolic tangent, as GPT-2 and BERT were trained with. */
public final class GeluTanh {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    /** √(8/π). */
    private static final float LINEAR = 1.59576912f;
    /** √(8/π) · 0.044715. */
    private static final float CUBIC = 0.0713548163f;
    /** Beyond this the sigmoid is 0 or 1, and its derivative 0. */
    private static final float END = 30f;

    private GeluTanh() {}

    /**
     * y[i] ← x[i] / 2 · (1 + tanh(√(2/π) · (x[i] + 0.044715 · x[i]³))), computed as x · sigmoid of twice the tangent's argument.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most (γ(6) + γ(6)·(1 − s)·|v|)·|y|, from the measured 1.65 ULP of the sigmoid s and the roundings of its argument v
     * @special NaN and −∞ give NaN; +∞ gives +∞; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Hendrycks, Gimpel 2016; ONNX Gelu-20 with approximate = tanh
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
        Arguments.forward("GeluTanh.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] · y'(x[i]), or dx[i] plus that, with y' = s + x · s · (1 − s) · v', where s is the sigmoid of v = √(8/π) · (x + 0.044715 · x³).
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(12)·(s + |x|·s·(1 − s)·(v' + |v|·v'))·|dy| plus γ(12)·s·(1 − s)·|v|·|dy|, but for underflow of s; and one rounding of the sum when accumulating
     * @special NaN and infinities of x give NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Gelu-20 with approximate = tanh
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
        Arguments.backward("GeluTanh.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    /** The argument of the sigmoid. */
    private static void argument(int n, float[] x, int xOffset, float[] v) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector z = FloatVector.fromArray(FLOATS, x, xOffset + i);
            VectorMath.mulAdd(z.mul(z), FloatVector.broadcast(FLOATS, CUBIC), FloatVector.broadcast(FLOATS, LINEAR))
                    .mul(z).intoArray(v, i);
        }
        for (int i = main; i < n; i++) {
            float z = x[xOffset + i];
            v[i] = Lanes.fma(z * z, CUBIC, LINEAR) * z;
        }
    }

    private static void backward(int n, float[] sigmoid, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector s = FloatVector.fromArray(FLOATS, sigmoid, i);
            FloatVector z = FloatVector.fromArray(FLOATS, x, xOffset + i);
            // Where x is so large that its square is not finite, the derivative of the sigmoid is 0.
            FloatVector held = z.min(END).max(-END);
            FloatVector slope = VectorMath.mulAdd(held.mul(held), FloatVector.broadcast(FLOATS, 3 * CUBIC),
                    FloatVector.broadcast(FLOATS, LINEAR));
            FloatVector rest = FloatVector.broadcast(FLOATS, 1f).sub(s).mul(s);
            FloatVector d = rest.mul(slope).mul(z).add(s).mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float s = sigmoid[i];
            float held = Math.max(Math.min(x[xOffset + i], END), -END);
            float slope = Lanes.fma(held * held, 3 * CUBIC, LINEAR);
            float d = ((1f - s) * s * slope * x[xOffset + i] + s) * dy[dyOffset + i];
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
                argument(length, a, aOffset + from + i, scratch);
                VectorMath.timesSigmoid(length, scratch, 0, a, aOffset + from + i, b, bOffset + from + i, scratch);
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
                argument(length, a, aOffset + from + i, scratch);
                VectorMath.sigmoid(length, scratch, 0, scratch, 0);
                backward(length, scratch, a, aOffset + from + i, b, bOffset + from + i, c, cOffset + from + i,
                        accumulate);
            }
        }
    }
}
