package lanewise.kernels.reduction;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The largest elements of each row, or the smallest, and where they stand. */
public final class TopK {

    private TopK() {}

    /**
     * y[r] ← the k largest elements of x[r] (or the k smallest), the first of all first, and index[r] ← their columns; of equal elements that
     * with the lower column comes first. Its gradient is that of a selection: {@code lanewise.kernels.layout.GatherElements}.
     *
     * @shape x: rows × cols; y, index: rows × k
     * @writes overwrites y and index
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error exact
     * @special ordered as by {@code Float.compare}: NaN is greater than all else and −0 less than +0; without elements nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source ONNX TopK-24 along the last axis, sorted; PyTorch topk
     *
     * @param workers the team that computes
     * @param rows of x
     * @param cols elements of a row
     * @param k how many are wanted of each
     * @param largest whether those are the largest, not the smallest
     * @param x the elements
     * @param xOffset index of the first
     * @param y those that were found
     * @param yOffset index of the first
     * @param index their columns
     * @param indexOffset index of the first
     * @throws IllegalArgumentException if rows, cols or k is negative, or k &gt; cols
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int rows, int cols, int k, boolean largest, float[] x, int xOffset,
            float[] y, int yOffset, int[] index, int indexOffset) {
        String op = "TopK.forward";
        Checks.workers(op, workers);
        Checks.size(op, "rows", rows);
        Checks.size(op, "cols", cols);
        Checks.size(op, "k", k);
        if (k > cols) {
            throw new IllegalArgumentException(op + ": k = " + k + ", need k <= " + cols + ", the elements of a row");
        }
        Checks.vector(op, "x", x, xOffset, (long) rows * cols);
        Checks.vector(op, "y", y, yOffset, (long) rows * k);
        Checks.vector(op, "index", index, indexOffset, (long) rows * k);
        if (rows > 0 && k > 0) {
            workers.reusable(TopKJob.class, TopKJob::new).run(workers, rows, cols, k, largest, x, xOffset, y, yOffset,
                    index, indexOffset);
        }
    }
}
