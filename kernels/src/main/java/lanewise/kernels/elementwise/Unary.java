package lanewise.kernels.elementwise;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** Functions of one number, element by element. Those that networks use as activations are in {@code lanewise.kernels.activation}. */
public final class Unary {

    private Unary() {}

    /**
     * y[i] ← function of x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error that of {@link UnaryFunction}; measured for EXP, EXPM1, LOG and ERF over all floats, proved for the others
     * @special NaN gives NaN; infinities and zeros as the function's limits; results below the normal range underflow gradually; n = 0
     *          does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Abs, Neg, Sqrt, Reciprocal, Exp, Log, Erf, Sin, Cos, Floor, Ceil, Round; PyTorch square, rsqrt, expm1, log1p
     *
     * @param workers the team that computes
     * @param function what is computed
     * @param n number of elements
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, UnaryFunction function, int n, float[] x, int xOffset, float[] y,
            int yOffset) {
        String op = "Unary.forward";
        check(op, workers, function, n, x, xOffset);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(UnaryJob.class, UnaryJob::new).of(function).operands(x, xOffset, y, yOffset, null, 0).run(
                workers,
                n);
    }

    /**
     * dx[i] ← dy[i] · derivative at x[i], or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(6)·|dx|, for ERF γ(6 + 3·x²)·|dx|, but for underflow; and one rounding of the sum when accumulating; proved but for
     *        the functions that are measured
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of {@link #forward}
     *
     * @param workers the team that computes
     * @param function what was computed
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
    public static void backward(Workers workers, UnaryFunction function, int n, float[] x, int xOffset, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "Unary.backward";
        check(op, workers, function, n, x, xOffset);
        Checks.vector(op, "dy", dy, dyOffset, n);
        Checks.vector(op, "dx", dx, dxOffset, n);
        workers.reusable(UnaryGradientJob.class, UnaryGradientJob::new).of(function)
                .operands(x, xOffset, dy, dyOffset, dx, dxOffset).scalars(0, 0, accumulate).run(workers, n);
    }

    private static void check(String op, Workers workers, UnaryFunction function, int n, float[] x, int xOffset) {
        Checks.workers(op, workers);
        if (function == null) {
            throw new NullPointerException(op + ": function is null");
        }
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
    }
}
