package lanewise.kernels.normalization;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** Root mean square normalization: each row by the root of the mean of its squares. */
public final class RmsNorm {

    private RmsNorm() {}

    /**
     * y[i][j] ← gamma[j] · x[i][j] / √(the mean of the squares of row i + epsilon).
     *
     * @shape x, y: rows × n, contiguous; gamma: n; inverse: rows
     * @writes overwrites y and inverse
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker
     * @error at most γ(72)·|y|: half of γ(134) for the mean of squares, and roundings of root and products; proved
     * @special a row with NaN gives NaN, one with infinities NaN and 0; squares above the largest float make a row 0; rows = 0 or
     *          n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source Zhang, Sennrich 2019; ONNX RMSNormalization-23 over the last axes, PyTorch RMSNorm
     *
     * @param workers the team that computes
     * @param rows number of rows
     * @param n elements of a row
     * @param epsilon added to the mean of squares
     * @param x the arguments
     * @param xOffset index of the first
     * @param gamma factor of each column
     * @param gammaOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param inverse 1 / √(mean of squares + epsilon) of each row, for {@link #backward}
     * @param inverseOffset index of the first
     * @throws IllegalArgumentException if rows or n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int rows, int n, float epsilon, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] y, int yOffset, float[] inverse, int inverseOffset) {
        String op = "RmsNorm.forward";
        check(op, workers, rows, n, x, xOffset, gamma, gammaOffset, inverse, inverseOffset);
        Checks.vector(op, "y", y, yOffset, (long) rows * n);
        if (rows > 0 && n > 0) {
            workers.reusable(RmsNormJob.class, RmsNormJob::new).forward(workers, rows, n, epsilon, x, xOffset, gamma,
                    gammaOffset, y, yOffset, inverse, inverseOffset);
        }
    }

    /**
     * The gradients of {@link #forward}. With z = x · inverse and g = dy · gamma: dx ← (g − z · mean(g · z)) · inverse for each row, and
     * dGamma ← Σ dy · z over all rows, or each plus that.
     *
     * @shape x, dy, dx: rows × n, contiguous; gamma, dGamma: n; inverse: rows
     * @writes overwrites dx and dGamma, or accumulates into them
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker; shared, n for each of at most 32 blocks of rows, no more blocks than fit in 2<sup>22</sup> elements
     * @error that of {@code RmsNormReference}, and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; rows = 0 or n = 0 counts as a sum of nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of {@link #forward}
     *
     * @param workers the team that computes
     * @param rows number of rows
     * @param n elements of a row
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param gamma factor of each column
     * @param gammaOffset index of the first
     * @param inverse what {@link #forward} wrote
     * @param inverseOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulateX whether to add to dx
     * @param dGamma gradient with respect to gamma
     * @param dGammaOffset index of its first element
     * @param accumulateGamma whether to add to dGamma
     * @throws IllegalArgumentException if rows or n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int rows, int n, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] inverse, int inverseOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            boolean accumulateX, float[] dGamma, int dGammaOffset, boolean accumulateGamma) {
        String op = "RmsNorm.backward";
        check(op, workers, rows, n, x, xOffset, gamma, gammaOffset, inverse, inverseOffset);
        Checks.vector(op, "dy", dy, dyOffset, (long) rows * n);
        Checks.vector(op, "dx", dx, dxOffset, (long) rows * n);
        Checks.vector(op, "dGamma", dGamma, dGammaOffset, n);
        if (n > 0) {
            workers.reusable(RmsNormJob.class, RmsNormJob::new).backward(workers, rows, n, x, xOffset, gamma,
                    gammaOffset, inverse, inverseOffset, dy, dyOffset, dx, dxOffset, accumulateX, dGamma, dGammaOffset,
                    accumulateGamma);
        }
    }

    private static void check(String op, Workers workers, int rows, int n, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] inverse, int inverseOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "rows", rows);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, (long) rows * n);
        Checks.vector(op, "gamma", gamma, gammaOffset, rows == 0 ? 0 : n);
        Checks.vector(op, "inverse", inverse, inverseOffset, n == 0 ? 0 : rows);
    }
}
