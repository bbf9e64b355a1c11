package lanewise.kernels.elementwise;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** Functions of two numbers, element by element. Operands of different shapes are expanded first, with {@code Strided.copy}. */
public final class Binary {

    private Binary() {}

    /**
     * y[i] ← function of a[i] and b[i].
     *
     * @shape a, b, y: n elements
     * @writes overwrites y
     * @aliasing y may be a or b at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error that of {@link BinaryFunction}; proved
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Sub, Div, Max, Min, Pow, Less, LessOrEqual, Equal
     *
     * @param workers the team that computes
     * @param function what is computed
     * @param n number of elements
     * @param a first arguments
     * @param aOffset index of the first
     * @param b second arguments
     * @param bOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, BinaryFunction function, int n, float[] a, int aOffset, float[] b,
            int bOffset, float[] y, int yOffset) {
        String op = "Binary.forward";
        check(op, workers, function, n, a, aOffset, b, bOffset);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(BinaryJob.class, BinaryJob::new).of(function)
                .operands(a, aOffset, b, bOffset, y, yOffset).run(workers, n);
    }

    /**
     * da[i] ← dy[i] · the derivative with respect to a: 1, 1 / b, whether a is the result, b · a<sup>b − 1</sup>, 0 for comparisons, or da[i] plus that.
     *
     * @shape a, b, dy, da: n elements
     * @writes overwrites da, or accumulates into it
     * @aliasing da may be a, b or dy at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(4)·|da|, but for underflow; and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; of POW where b is 0 the derivative is 0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward} with respect to a
     *
     * @param workers the team that computes
     * @param function what was computed
     * @param n number of elements
     * @param a first arguments of the forward pass
     * @param aOffset index of the first
     * @param b second arguments
     * @param bOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param da gradient with respect to a
     * @param daOffset index of its first element
     * @param accumulate whether to add to da
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardA(Workers workers, BinaryFunction function, int n, float[] a, int aOffset, float[] b,
            int bOffset, float[] dy, int dyOffset, float[] da, int daOffset, boolean accumulate) {
        String op = "Binary.backwardA";
        check(op, workers, function, n, a, aOffset, b, bOffset);
        Checks.vector(op, "dy", dy, dyOffset, n);
        Checks.vector(op, "da", da, daOffset, n);
        workers.reusable(BinaryGradientJob.class, BinaryGradientJob::new).of(function, true)
                .operands(a, aOffset, b, bOffset, dy, dyOffset).fourth(da, daOffset).scalars(0, 0, accumulate)
                .run(workers, n);
    }

    /**
     * db[i] ← dy[i] · the derivative with respect to b: −1, −a / b², whether b is the result, aᵇ · log a, 0 for comparisons, or db[i] plus that.
     *
     * @shape a, b, dy, db: n elements
     * @writes overwrites db, or accumulates into it
     * @aliasing db may be a, b or dy at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 1024 elements
     * @error at most γ(4)·|db|, but for underflow; and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; of POW where a is 0 and b is not negative the derivative is 0; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward} with respect to b
     *
     * @param workers the team that computes
     * @param function what was computed
     * @param n number of elements
     * @param a first arguments of the forward pass
     * @param aOffset index of the first
     * @param b second arguments
     * @param bOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param db gradient with respect to b
     * @param dbOffset index of its first element
     * @param accumulate whether to add to db
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardB(Workers workers, BinaryFunction function, int n, float[] a, int aOffset, float[] b,
            int bOffset, float[] dy, int dyOffset, float[] db, int dbOffset, boolean accumulate) {
        String op = "Binary.backwardB";
        check(op, workers, function, n, a, aOffset, b, bOffset);
        Checks.vector(op, "dy", dy, dyOffset, n);
        Checks.vector(op, "db", db, dbOffset, n);
        workers.reusable(BinaryGradientJob.class, BinaryGradientJob::new).of(function, false)
                .operands(a, aOffset, b, bOffset, dy, dyOffset).fourth(db, dbOffset).scalars(0, 0, accumulate)
                .run(workers, n);
    }

    private static void check(String op, Workers workers, BinaryFunction function, int n, float[] a, int aOffset,
            float[] b, int bOffset) {
        Checks.workers(op, workers);
        if (function == null) {
            throw new NullPointerException(op + ": function is null");
        }
        Checks.size(op, "n", n);
        Checks.vector(op, "a", a, aOffset, n);
        Checks.vector(op, "b", b, bOffset, n);
    }
}
