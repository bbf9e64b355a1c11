package lanewise.kernels.layout;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/**
 * Copies and additions between two views of the same sizes: a permutation of axes, a slice, a part of a concatenation, a repetition;
 * and their gradients, which are the same with the views exchanged. Added to a view that sees an element repeatedly, elements are
 * summed over its axes.
 */
public final class Strided {

    private Strided() {}

    /**
     * y[i, j, …] ← x[i, j, …].
     *
     * @shape x: the elements of {@code from}; y: those of {@code to}, which has the same sizes
     * @writes overwrites what {@code to} sees of y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace 2048 elements per worker where axes change places, else none
     * @error exact
     * @special all bits of NaN are kept; without elements nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Transpose-25, Slice-13, Concat-13, Expand-13; PyTorch Tensor.copy_
     *
     * @param workers the team that computes
     * @param from where the elements are
     * @param x their array
     * @param xOffset index of its first element
     * @param to where they go
     * @param y their array
     * @param yOffset index of its first element
     * @throws IllegalArgumentException if the sizes differ, or {@code to} sees an element repeatedly
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void copy(Workers workers, Layout from, float[] x, int xOffset, Layout to, float[] y, int yOffset) {
        String op = "Strided.copy";
        check(op, workers, from, x, xOffset, to, y, yOffset);
        if (to.repeats()) {
            throw new IllegalArgumentException(op + ": to = " + to + ", need each element once");
        }
        workers.reusable(StridedJob.class, StridedJob::new).run(workers, false, from, x, xOffset, to, y, yOffset);
    }

    /**
     * y[i, j, …] ← y[i, j, …] + x[i, j, …], one after the other where several are one element of y.
     *
     * @shape x: the elements of {@code from}; y: those of {@code to}, which has the same sizes
     * @writes accumulates into what {@code to} sees of y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace 32 elements per worker
     * @error γ(m)·(|y| + Σ|x|) for an element that m are added to, proved
     * @special NaN and infinities propagate as in the sum; without elements nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of ONNX Transpose-25, Slice-13, Concat-13, Expand-13; ONNX ReduceSum-13
     *
     * @param workers the team that computes
     * @param from where the elements are
     * @param x their array
     * @param xOffset index of its first element
     * @param to what they are added to
     * @param y their array
     * @param yOffset index of its first element
     * @throws IllegalArgumentException if the sizes differ
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void add(Workers workers, Layout from, float[] x, int xOffset, Layout to, float[] y, int yOffset) {
        check("Strided.add", workers, from, x, xOffset, to, y, yOffset);
        workers.reusable(StridedJob.class, StridedJob::new).run(workers, true, from, x, xOffset, to, y, yOffset);
    }

    private static void check(String op, Workers workers, Layout from, float[] x, int xOffset, Layout to, float[] y,
            int yOffset) {
        Checks.workers(op, workers);
        if (from == null) {
            throw new NullPointerException(op + ": from is null");
        }
        if (to == null) {
            throw new NullPointerException(op + ": to is null");
        }
        if (!to.hasSizesOf(from)) {
            throw new IllegalArgumentException(op + ": from = " + from + ", to = " + to + ", need the same sizes");
        }
        Checks.vector(op, "x", x, xOffset, from.span());
        Checks.vector(op, "y", y, yOffset, to.span());
    }
}
