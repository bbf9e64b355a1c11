package lanewise.kernels.loss;

import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/**
 * Cross-entropy of a softmax and a label per row, computed from logits, so that nothing overflows and no logarithm of a
 * rounded 0 or 1 is taken.
 */
public final class SoftmaxCrossEntropy {

    private SoftmaxCrossEntropy() {}

    /**
     * loss ← scale · Σ (log Σ exp(z[i][j]) - z[i][label[i]]), which is the cross-entropy -log(p[i][label[i]]) of p = softmax
     * of the rows of z. A row is computed as log(1 + s) + (max - z[i][label[i]]), where s sums exp(z[i][j] - max) over all but
     * the largest: both terms are positive, so that small losses keep their digits.
     *
     * @shape z: rows × cols, row-major, leading dimension ldz; label: rows elements; loss: 1 element
     * @writes overwrites loss
     * @aliasing loss may be an element of z
     * @workspace 32 + max(4096, cols) elements per worker, rows elements shared
     * @error at most γ(244)·loss for any size, but for underflow of exp, proved but for exp: a term of s goes through the
     *        rounding of z - max, which exp multiplies by at most 104, 2 of exp (measured) and 134 of the sum; the row and the
     *        result are rounded too
     * @special a row with NaN or +∞, or of -∞ alone, gives NaN; a label whose logit is -∞ gives +∞, as does a row whose
     *          loss exceeds the largest float; rows = 0 gives 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX SoftmaxCrossEntropyLoss-13 and PyTorch CrossEntropyLoss, with scale = 1 for reduction "sum" and 1 / rows
     *         for "mean"; no label is ignored
     *
     * @param workers the team that computes
     * @param rows number of rows: samples
     * @param cols number of columns: classes
     * @param scale factor of the sum
     * @param z logits
     * @param zOffset index of the first
     * @param ldz elements between the starts of two rows
     * @param label the class of each row, from 0 to cols - 1
     * @param labelOffset index of the first
     * @param loss the result
     * @param lossOffset its index
     * @throws IllegalArgumentException if rows or cols is negative, ldz is less than cols, or a label is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int rows, int cols, float scale, float[] z, int zOffset, int ldz,
            int[] label, int labelOffset, float[] loss, int lossOffset) {
        String op = "SoftmaxCrossEntropy.forward";
        Objects.requireNonNull(workers, "SoftmaxCrossEntropy.forward: workers is null");
        Checks.size(op, "rows", rows);
        Checks.size(op, "cols", cols);
        Checks.matrix(op, "z", z, zOffset, rows, cols, "ldz", ldz);
        labels(op, rows, cols, label, labelOffset);
        Checks.vector(op, "loss", loss, lossOffset, 1);
        double total = rows == 0
                ? 0
                : workers.reusable(SoftmaxCrossEntropyRows.class, SoftmaxCrossEntropyRows::new)
                        .total(workers, rows, cols, z, zOffset, ldz, label, labelOffset);
        loss[lossOffset] = (float) (scale * total);
    }

    /**
     * dz[i][j] ← dLoss · scale · (p[i][j] - (1 if j is label[i], else 0)), or dz[i][j] plus that, where p is the softmax of the
     * rows of z. At the label it is computed as minus the sum of the others' p, which does not cancel.
     *
     * @shape z: rows × cols, row-major, leading dimension ldz; label: rows elements; dLoss: 1 element; dz: as z, leading
     *        dimension lddz
     * @writes overwrites dz, or accumulates into it
     * @aliasing dz may be z at the same offset with the same leading dimension; other overlap is forbidden (not detected)
     * @workspace 32 + max(4096, cols) elements per worker
     * @error at most γ(350) of the result for any size, but for underflow of exp, and one rounding of the sum when
     *        accumulating; proved but for exp, as in {@link #forward}
     * @special a row with NaN or +∞, or of -∞ alone, gives NaN; rows = 0 or cols = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param rows number of rows: samples
     * @param cols number of columns: classes
     * @param scale factor of the sum in the forward pass
     * @param z logits
     * @param zOffset index of the first
     * @param ldz elements between the starts of two rows
     * @param label the class of each row, from 0 to cols - 1
     * @param labelOffset index of the first
     * @param dLoss gradient with respect to the loss
     * @param dLossOffset its index
     * @param dz gradient with respect to z
     * @param dzOffset index of its first element
     * @param lddz elements between the starts of two rows
     * @param accumulate whether to add to dz
     * @throws IllegalArgumentException if rows or cols is negative, ldz or lddz is less than cols, or a label is out of
     *             range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int rows, int cols, float scale, float[] z, int zOffset, int ldz,
            int[] label, int labelOffset, float[] dLoss, int dLossOffset, float[] dz, int dzOffset, int lddz,
            boolean accumulate) {
        String op = "SoftmaxCrossEntropy.backward";
        Objects.requireNonNull(workers, "SoftmaxCrossEntropy.backward: workers is null");
        Checks.size(op, "rows", rows);
        Checks.size(op, "cols", cols);
        Checks.matrix(op, "z", z, zOffset, rows, cols, "ldz", ldz);
        labels(op, rows, cols, label, labelOffset);
        Checks.vector(op, "dLoss", dLoss, dLossOffset, 1);
        Checks.matrix(op, "dz", dz, dzOffset, rows, cols, "lddz", lddz);
        if (rows > 0) {
            workers.reusable(SoftmaxCrossEntropyRows.class, SoftmaxCrossEntropyRows::new).backward(workers, rows, cols,
                    (double) dLoss[dLossOffset] * scale, z, zOffset, ldz, label, labelOffset, dz, dzOffset, lddz,
                    accumulate);
        }
    }

    private static void labels(String op, int rows, int cols, int[] label, int labelOffset) {
        Checks.vector(op, "label", label, labelOffset, rows);
        for (int i = 0; i < rows; i++) {
            int value = label[labelOffset + i];
            if (value < 0 || value >= cols) {
                throw new IllegalArgumentException(op + ": label[" + (labelOffset + i) + "] = " + value
                        + ", need 0 <= label < cols = " + cols);
            }
        }
    }
}
