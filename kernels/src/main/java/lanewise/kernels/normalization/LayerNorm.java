package lanewise.kernels.normalization;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** Layer normalization: each row by its own mean and deviation. */
public final class LayerNorm {

    private LayerNorm() {}

    /**
     * y[i][j] ← gamma[j] · (x[i][j] − mean[i]) / √(variance[i] + epsilon) + beta[j], where variance is the mean of the squared
     * distances to the mean of row i.
     *
     * @shape x, y: rows × n, contiguous; gamma, beta: n; statistics: rows × 3
     * @writes overwrites y and statistics
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker
     * @error that of {@code LayerNormReference.bound}: for any n, about γ(210)·|y − beta| for the deviation and γ(140)·|gamma| for the mean,
     *        if the mean is at most some thousand deviations; proved
     * @special a row with NaN or infinities gives NaN; rows = 0 or n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source Ba, Kiros, Hinton 2016; ONNX LayerNormalization-17 over the last axes, PyTorch LayerNorm
     *
     * @param workers the team that computes
     * @param rows number of rows
     * @param n elements of a row
     * @param epsilon added to the variance
     * @param x the arguments
     * @param xOffset index of the first
     * @param gamma factor of each column
     * @param gammaOffset index of the first
     * @param beta what is added to each column
     * @param betaOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param statistics three numbers of each row, for {@link #backward}: its mean, 1 / √(variance + epsilon), and what the rounding of
     *        the mean takes from a normalized element
     * @param statisticsOffset index of the first
     * @throws IllegalArgumentException if rows or n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int rows, int n, float epsilon, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] beta, int betaOffset, float[] y, int yOffset, float[] statistics,
            int statisticsOffset) {
        String op = "LayerNorm.forward";
        check(op, workers, rows, n, x, xOffset, gamma, gammaOffset, statistics, statisticsOffset);
        Checks.vector(op, "beta", beta, betaOffset, rows == 0 ? 0 : n);
        Checks.vector(op, "y", y, yOffset, (long) rows * n);
        if (rows > 0 && n > 0) {
            workers.reusable(LayerNormJob.class, LayerNormJob::new).forward(workers, rows, n, epsilon, x, xOffset,
                    gamma, gammaOffset, beta, betaOffset, y, yOffset, statistics, statisticsOffset);
        }
    }

    /**
     * The gradients of {@link #forward}. With g = dy · gamma and z the normalized x: dx ← (g − mean(g) − z · mean(g · z)) /
     * √(variance + epsilon) for each row, dGamma ← Σ dy · z and dBeta ← Σ dy over all rows, or each plus that.
     *
     * @shape x, dy, dx: rows × n, contiguous; gamma, dGamma, dBeta: n; statistics: rows × 3
     * @writes overwrites dx, dGamma and dBeta, or accumulates into them
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker; shared, 2·n for each of at most 32 blocks of rows, no more blocks than fit in 2<sup>23</sup> elements
     * @error that of {@code LayerNormReference}, and one rounding of the sum when accumulating; proved
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
     * @param statistics what {@link #forward} wrote
     * @param statisticsOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulateX whether to add to dx
     * @param dGamma gradient with respect to gamma
     * @param dGammaOffset index of its first element
     * @param accumulateGamma whether to add to dGamma
     * @param dBeta gradient with respect to beta
     * @param dBetaOffset index of its first element
     * @param accumulateBeta whether to add to dBeta
     * @throws IllegalArgumentException if rows or n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int rows, int n, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] statistics, int statisticsOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulateX, float[] dGamma, int dGammaOffset, boolean accumulateGamma, float[] dBeta,
            int dBetaOffset, boolean accumulateBeta) {
        String op = "LayerNorm.backward";
        check(op, workers, rows, n, x, xOffset, gamma, gammaOffset, statistics, statisticsOffset);
        Checks.vector(op, "dy", dy, dyOffset, (long) rows * n);
        Checks.vector(op, "dx", dx, dxOffset, (long) rows * n);
        Checks.vector(op, "dGamma", dGamma, dGammaOffset, n);
        Checks.vector(op, "dBeta", dBeta, dBetaOffset, n);
        if (n > 0) {
            workers.reusable(LayerNormJob.class, LayerNormJob::new).backward(workers, rows, n, x, xOffset, gamma,
                    gammaOffset, statistics, statisticsOffset, dy, dyOffset, dx, dxOffset, accumulateX, dGamma,
                    dGammaOffset, accumulateGamma, dBeta, dBetaOffset, accumulateBeta);
        }
    }

    private static void check(String op, Workers workers, int rows, int n, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] statistics, int statisticsOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "rows", rows);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, (long) rows * n);
        Checks.vector(op, "gamma", gamma, gammaOffset, rows == 0 ? 0 : n);
        Checks.vector(op, "statistics", statistics, statisticsOffset, n == 0 ? 0 : (long) Moments.KEPT * rows);
    }
}
