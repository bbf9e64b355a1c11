package lanewise.kernels.elementwise;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** Arithmetic of arrays, element by element. */
public final class Elementwise {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final boolean FMA = Lanes.FMA;
    private static final int LANES = Lanes.LANES;

    private Elementwise() {}

    /**
     * y[i] ← a[i] + b[i].
     *
     * @shape a, b, y: n elements
     * @writes overwrites y
     * @aliasing y may be a or b at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Add-14, without broadcasting
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param a first summands
     * @param aOffset index of the first
     * @param b second summands
     * @param bOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void add(Workers workers, int n, float[] a, int aOffset, float[] b, int bOffset, float[] y,
            int yOffset) {
        String op = "Elementwise.add";
        Objects.requireNonNull(workers, "Elementwise.add: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "a", a, aOffset, n);
        Checks.vector(op, "b", b, bOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        if (ElementwiseJob.isSmall(n)) {
            add(n, a, aOffset, b, bOffset, y, yOffset);
        } else {
            workers.reusable(Add.class, Add::new).operands(a, aOffset, b, bOffset, y, yOffset)
                    .run(workers, n);
        }
    }

    /**
     * y[i] ← a[i] · b[i].
     *
     * @shape a, b, y: n elements
     * @writes overwrites y
     * @aliasing y may be a or b at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Mul-14, without broadcasting
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param a first factors
     * @param aOffset index of the first
     * @param b second factors
     * @param bOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void multiply(Workers workers, int n, float[] a, int aOffset, float[] b, int bOffset, float[] y,
            int yOffset) {
        String op = "Elementwise.multiply";
        Objects.requireNonNull(workers, "Elementwise.multiply: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "a", a, aOffset, n);
        Checks.vector(op, "b", b, bOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        if (ElementwiseJob.isSmall(n)) {
            multiply(n, a, aOffset, b, bOffset, y, yOffset);
        } else {
            workers.reusable(Multiply.class, Multiply::new).operands(a, aOffset, b, bOffset, y, yOffset)
                    .run(workers, n);
        }
    }

    /**
     * y[i] ← alpha · x[i] + y[i].
     *
     * @shape x, y: n elements
     * @writes accumulates into y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded (one fused multiply-add)
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source BLAS level 1, SAXPY
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha the factor
     * @param x the array that is scaled
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void axpy(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        String op = "Elementwise.axpy";
        Objects.requireNonNull(workers, "Elementwise.axpy: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        if (ElementwiseJob.isSmall(n)) {
            axpy(n, alpha, x, xOffset, y, yOffset);
        } else {
            workers.reusable(Axpy.class, Axpy::new).operands(x, xOffset, y, yOffset, null, 0).scalars(alpha, 0, false)
                    .run(workers, n);
        }
    }

    /**
     * y[i] ← alpha · x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error correctly rounded
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source BLAS level 1, SSCAL, with a result of its own
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha the factor
     * @param x the array that is scaled
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void scale(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        String op = "Elementwise.scale";
        Objects.requireNonNull(workers, "Elementwise.scale: workers is null");
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        if (ElementwiseJob.isSmall(n)) {
            scale(n, alpha, x, xOffset, y, yOffset);
        } else {
            workers.reusable(Scale.class, Scale::new).operands(x, xOffset, y, yOffset, null, 0).scalars(alpha, 0, false)
                    .run(workers, n);
        }
    }

    private static void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, a, aOffset + i).add(FloatVector.fromArray(FLOATS, b, bOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
        }
    }

    private static void multiply(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, a, aOffset + i).mul(FloatVector.fromArray(FLOATS, b, bOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
    }

    private static void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            (FMA
                    ? v.fma(factor, FloatVector.fromArray(FLOATS, y, yOffset + i))
                    : v.mul(factor).add(FloatVector.fromArray(FLOATS, y, yOffset + i))).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = Lanes.fma(x[xOffset + i], alpha, y[yOffset + i]);
        }
    }

    private static void scale(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).mul(alpha)
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = x[xOffset + i] * alpha;
        }
    }

    private static final class Add extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            add(n, a, aOffset + from, b, bOffset + from, c, cOffset + from);
        }
    }

    private static final class Multiply extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            multiply(n, a, aOffset + from, b, bOffset + from, c, cOffset + from);
        }
    }

    private static final class Axpy extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            axpy(n, alpha, a, aOffset + from, b, bOffset + from);
        }
    }

    private static final class Scale extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            scale(n, alpha, a, aOffset + from, b, bOffset + from);
        }
    }
}
