package lanewise.kernels.embedding;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** Rows of a table, looked up by number: the vectors of words. */
public final class Embedding {

    private Embedding() {}

    /**
     * y[i] ← weight[index[i]], row by row.
     *
     * @shape weight: rows × cols; index: n elements; y: n × cols
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error exact
     * @special n = 0 or cols = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Gather-13 along the first axis, PyTorch Embedding
     *
     * @param workers the team that computes
     * @param n how many rows are looked up
     * @param rows of the table
     * @param cols elements of a row
     * @param weight the table
     * @param weightOffset index of its first element
     * @param index the numbers of rows, from 0 to rows − 1
     * @param indexOffset index of the first
     * @param y the rows that were found
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if n, rows or cols is negative, or a number is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, int rows, int cols, float[] weight, int weightOffset,
            int[] index,
            int indexOffset, float[] y, int yOffset) {
        String op = "Embedding.forward";
        Checks.workers(op, workers);
        sizes(op, n, rows, cols);
        Checks.vector(op, "weight", weight, weightOffset, (long) rows * cols);
        Checks.vector(op, "index", index, indexOffset, n);
        Checks.vector(op, "y", y, yOffset, (long) n * cols);
        Checks.numbers(op, n, rows, "the rows of the table", index, indexOffset);
        if (n > 0 && cols > 0) {
            workers.reusable(EmbeddingJob.class, EmbeddingJob::new).lookUp(workers, n, cols, weight, weightOffset,
                    index,
                    indexOffset, y, yOffset);
        }
    }

    /**
     * dWeight[r] ← Σ dy[i] over the i whose index is r, or dWeight[r] plus that; in the order of i.
     *
     * @shape dy: n × cols; index: n elements; dWeight: rows × cols
     * @writes overwrites dWeight, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error γ(m)·Σ|dy| for a row that was looked up m times; when accumulating γ(m)·(|dWeight| + Σ|dy|); proved
     * @special NaN and infinities propagate as in the sum; n = 0 gives zeros
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX Gather-13, PyTorch Embedding
     *
     * @param workers the team that computes
     * @param n how many rows were looked up
     * @param rows of the table
     * @param cols elements of a row
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param index the numbers of rows, from 0 to rows − 1
     * @param indexOffset index of the first
     * @param dWeight gradient with respect to the table
     * @param dWeightOffset index of its first element
     * @param accumulate whether to add to dWeight
     * @throws IllegalArgumentException if n, rows or cols is negative, or a number is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, int rows, int cols, float[] dy, int dyOffset, int[] index,
            int indexOffset, float[] dWeight, int dWeightOffset, boolean accumulate) {
        String op = "Embedding.backward";
        Checks.workers(op, workers);
        sizes(op, n, rows, cols);
        Checks.vector(op, "dy", dy, dyOffset, (long) n * cols);
        Checks.vector(op, "index", index, indexOffset, n);
        Checks.vector(op, "dWeight", dWeight, dWeightOffset, (long) rows * cols);
        Checks.numbers(op, n, rows, "the rows of the table", index, indexOffset);
        if (!accumulate) {
            Arrays.fill(dWeight, dWeightOffset, dWeightOffset + rows * cols, 0f);
        }
        if (n > 0 && cols > 0) {
            workers.reusable(EmbeddingJob.class, EmbeddingJob::new).add(workers, n, cols, dy, dyOffset, index,
                    indexOffset, dWeight, dWeightOffset);
        }
    }

    private static void sizes(String op, int n, int rows, int cols) {
        Checks.size(op, "n", n);
        Checks.size(op, "rows", rows);
        Checks.size(op, "cols", cols);
    }
}
