package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.ErrorFunction;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** The Gaussian error linear unit: x times the probability that a standard normal number is less. */
public final class Gelu {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    // Two functions of a block share the worker's scratch memory.
    private static final int HALF = VectorMath.BLOCK / 2;
    private static final float ROOT_HALF = 0.70710678f;
    // 1 / sqrt(2 pi)
    private static final float DENSITY = 0.39894228f;

    private Gelu() {}

    /**
     * y[i] ← x[i] / 2 · (1 + erf(x[i] / √2)).
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(4)·|x|: erf within 1.4 ULP, measured over every float of magnitude 0.5 to 4 and one in 1477 of the others; the rest proved. Far below 0, where y is much smaller than x, that is not a small fraction of y
     * @special NaN and −∞ give NaN; +∞ gives +∞; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Gelu-20 with approximate = none
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
        Arguments.forward("Gelu.forward", workers, n, x, xOffset, y, yOffset);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).run(workers, n);
    }

    /**
     * dx[i] ← dy[i] · (Φ + x[i] · φ) with Φ = (1 + erf(x[i] / √2)) / 2 and φ = exp(−x[i]² / 2) / √(2π), or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(6)·|dy|, and one rounding of the sum when accumulating; from the measured bounds of erf and exp
     * @special NaN and infinities of x give NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Gelu-20 with approximate = none
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
        Arguments.backward("Gelu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(0, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float[] erf, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, erf, i).add(1f).mul(0.5f).mul(FloatVector.fromArray(FLOATS, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = (erf[i] + 1f) * 0.5f * x[xOffset + i];
        }
    }

    private static void halfOfMinusSquare(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.mul(-0.5f).mul(v).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v * -0.5f * v;
        }
    }

    /** {@code scratch} holds erf(x / √2), and from {@code exp} on exp(-x² / 2). */
    private static void backward(int n, float[] scratch, int exp, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector density = FloatVector.fromArray(FLOATS, scratch, exp + i).mul(DENSITY);
            FloatVector d = FloatVector.fromArray(FLOATS, x, xOffset + i).mul(density)
                    .add(FloatVector.fromArray(FLOATS, scratch, i).add(1f).mul(0.5f))
                    .mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = (x[xOffset + i] * (scratch[exp + i] * DENSITY) + (scratch[i] + 1f) * 0.5f) * dy[dyOffset + i];
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
                ErrorFunction.erf(length, ROOT_HALF, a, aOffset + from + i, scratch, 0);
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
            for (int i = 0; i < n; i += HALF) {
                int length = Math.min(HALF, n - i);
                ErrorFunction.erf(length, ROOT_HALF, a, aOffset + from + i, scratch, 0);
                halfOfMinusSquare(length, a, aOffset + from + i, scratch, HALF);
                VectorMath.exp(length, scratch, HALF, scratch, HALF);
                backward(length, scratch, HALF, a, aOffset + from + i, b, bOffset + from + i, c, cOffset + from + i,
                        accumulate);
            }
        }
    }
}
