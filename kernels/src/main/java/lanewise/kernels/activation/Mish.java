package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** x times the hyperbolic tangent of its softplus. */
public final class Mish {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Mish() {}

    /**
     * y[i] ← x[i] · tanh(log(1 + exp(x[i]))).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(14)·|y|, from the measured 0.9 ULP of exp: in terms of e = exp(−|x|) the tangent is a quotient of polynomials without cancellation
     * @special NaN and −∞ give NaN; +∞ gives +∞; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Misra 2019; ONNX Mish-22
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
        Arguments.forward("Mish.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] · (t + x[i] · (1 − t²) · σ) with t = tanh(log(1 + exp(x[i]))) and σ the sigmoid of x[i], or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(20)·(t + |x|·(1 − t²)·σ)·|dy|, and one rounding of the sum when accumulating
     * @special NaN and infinities of x give NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Mish-22
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
        Arguments.backward("Mish.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void minusMagnitude(int n, float[] x, int xOffset, float[] y) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).abs().neg().intoArray(y, i);
        }
        for (int i = main; i < n; i++) {
            y[i] = -Math.abs(x[xOffset + i]);
        }
    }

    /** With e = exp(−|x|), t is (1 + 2e) / (1 + 2e + 2e²) where x is not negative, and (2e + e²) / (2 + 2e + e²) where it is. */
    private static void forward(int n, float[] exp, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector e = FloatVector.fromArray(FLOATS, exp, i);
            FloatVector square = e.mul(e);
            FloatVector twice = e.add(e);
            var isNegative = v.compare(VectorOperators.LT, 0f);
            FloatVector numerator = twice.add(FloatVector.broadcast(FLOATS, 1f).blend(square, isNegative));
            FloatVector rest = square.add(square).blend(2f, isNegative);
            numerator.div(numerator.add(rest)).mul(v).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            float e = exp[i];
            float square = e * e;
            float numerator = (e + e) + (v < 0 ? square : 1f);
            float rest = v < 0 ? 2f : square + square;
            y[yOffset + i] = numerator / (numerator + rest) * v;
        }
    }

    /** (1 − t²) · σ is 4 e² (1 + e) / (1 + 2e + 2e²)² where x is not negative, and 4 e (1 + e) / (2 + 2e + e²)² where it is. */
    private static void backward(int n, float[] exp, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector e = FloatVector.fromArray(FLOATS, exp, i);
            FloatVector square = e.mul(e);
            FloatVector twice = e.add(e);
            var isNegative = v.compare(VectorOperators.LT, 0f);
            FloatVector numerator = twice.add(FloatVector.broadcast(FLOATS, 1f).blend(square, isNegative));
            FloatVector denominator = numerator.add(square.add(square).blend(2f, isNegative));
            FloatVector slope = square.blend(e, isNegative).mul(4f).mul(e.add(1f)).div(denominator).div(denominator);
            FloatVector d = numerator.div(denominator).add(slope.mul(v))
                    .mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            float e = exp[i];
            float square = e * e;
            float numerator = (e + e) + (v < 0 ? square : 1f);
            float denominator = numerator + (v < 0 ? 2f : square + square);
            float slope = (v < 0 ? e : square) * 4f * (e + 1f) / denominator / denominator;
            float d = (numerator / denominator + slope * v) * dy[dyOffset + i];
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
                minusMagnitude(length, a, aOffset + from + i, scratch);
                VectorMath.exp(length, scratch, 0, scratch, 0);
                forward(length, scratch, a, aOffset + from + i, b, bOffset + from + i);
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
                minusMagnitude(length, a, aOffset + from + i, scratch);
                VectorMath.exp(length, scratch, 0, scratch, 0);
                backward(length, scratch, a, aOffset + from + i, b, bOffset + from + i, c, cOffset + from + i,
                        accumulate);
            }
        }
    }
}
