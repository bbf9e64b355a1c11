package lanewise.kernels.layout;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** Elements of rows along an axis, chosen for each result by its own number: that of a label, of a maximum, of a permutation. */
public final class GatherElements {

    private GatherElements() {}

    /**
     * y[o][j][i] ← x[o][index[o][j][i]][i].
     *
     * @shape x: outer × n × inner; index, y: outer × count × inner
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error exact
     * @special all bits of NaN are kept; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX GatherElements-13, PyTorch gather
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row of x
     * @param inner rows of a block; 1 for rows along the last axis
     * @param count elements of a row of y
     * @param x the elements
     * @param xOffset index of the first
     * @param index where in its row each result stands, from 0 to n − 1
     * @param indexOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if outer, n, inner or count is negative, or an element of index is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int outer, int n, int inner, int count, float[] x, int xOffset,
            int[] index, int indexOffset, float[] y, int yOffset) {
        String op = "GatherElements.forward";
        sizes(op, workers, outer, n, inner, count);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "index", index, indexOffset, RowJob.length(outer, count, inner));
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, count, inner));
        Checks.numbers(op, outer * count * inner, n, "the elements of a row", index, indexOffset);
        workers.reusable(GatherElementsJob.class, GatherElementsJob::new).run(workers, false, outer, n, inner, count, x,
                xOffset, index, indexOffset, y, yOffset);
    }

    /**
     * dx[o][m][i] ← Σ dy[o][j][i] over the j whose index is m, or dx[o][m][i] plus that; in the order of j.
     *
     * @shape dy, index: outer × count × inner; dx: outer × n × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error γ(m)·Σ|dy| for an element that was taken m times; when accumulating γ(m)·(|dx| + Σ|dy|); proved
     * @special NaN and infinities propagate as in the sum; count = 0 gives zeros
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}; ONNX ScatterElements-18 with reduction add, PyTorch scatter_add
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row of x
     * @param inner rows of a block; 1 for rows along the last axis
     * @param count elements of a row of y
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param index where in its row each result stood, from 0 to n − 1
     * @param indexOffset index of the first
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if outer, n, inner or count is negative, or an element of index is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int outer, int n, int inner, int count, float[] dy, int dyOffset,
            int[] index, int indexOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "GatherElements.backward";
        sizes(op, workers, outer, n, inner, count);
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(outer, count, inner));
        Checks.vector(op, "index", index, indexOffset, RowJob.length(outer, count, inner));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, n, inner));
        Checks.numbers(op, outer * count * inner, n, "the elements of a row", index, indexOffset);
        if (!accumulate && dx != null) {
            Arrays.fill(dx, dxOffset, dxOffset + outer * n * inner, 0f);
        }
        workers.reusable(GatherElementsJob.class, GatherElementsJob::new).run(workers, true, outer, n, inner, count, dy,
                dyOffset, index, indexOffset, dx, dxOffset);
    }

    private static void sizes(String op, Workers workers, int outer, int n, int inner, int count) {
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        Checks.size(op, "count", count);
    }
}
