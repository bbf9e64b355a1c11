package lanewise.kernels.normalization;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** Batch normalization: each channel by its mean and deviation over all images of the batch. */
public final class BatchNorm {

    private BatchNorm() {}

    /**
     * y ← gamma[c] · (x − mean[c]) / √(variance[c] + epsilon) + beta[c] with the statistics of this batch, which also enter the running
     * ones: running ← (1 − momentum) · running + momentum · statistic, where the running variance takes m / (m − 1) times the
     * variance of the m elements of a channel, or the variance itself if m is 1.
     *
     * @shape x, y: n × c × spatial, contiguous; gamma, beta, runningMean, runningVariance: c; statistics: c × 3
     * @writes overwrites y, runningMean, runningVariance and statistics
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker
     * @error that of {@code LayerNormReference.bound} for the elements of a channel; of the running statistics one rounding beside that of
     *        the statistic; proved
     * @special a channel with NaN or infinities gives NaN; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Ioffe, Szegedy 2015; ONNX BatchNormalization-15 with training_mode = 1, whose momentum is 1 − momentum and whose running
     *         variance is not corrected; PyTorch BatchNorm2d
     *
     * @param workers the team that computes
     * @param n number of images
     * @param c number of channels
     * @param spatial elements of a plane
     * @param epsilon added to the variance
     * @param momentum how much of the running statistics is new
     * @param x the arguments
     * @param xOffset index of the first
     * @param gamma factor of each channel
     * @param gammaOffset index of the first
     * @param beta what is added to each channel
     * @param betaOffset index of the first
     * @param runningMean the running mean of each channel
     * @param runningMeanOffset index of the first
     * @param runningVariance the running variance of each channel
     * @param runningVarianceOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param statistics three numbers of each channel, for {@link #backward}: its mean, 1 / √(variance + epsilon), and what the rounding of
     *        the mean takes from a normalized element
     * @param statisticsOffset index of the first
     * @throws IllegalArgumentException if n, c or spatial is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, int c, int spatial, float epsilon, float momentum, float[] x,
            int xOffset, float[] gamma, int gammaOffset, float[] beta, int betaOffset, float[] runningMean,
            int runningMeanOffset, float[] runningVariance, int runningVarianceOffset, float[] y, int yOffset,
            float[] statistics, int statisticsOffset) {
        String op = "BatchNorm.forward";
        check(op, workers, n, c, spatial, x, xOffset, gamma, gammaOffset);
        Checks.vector(op, "beta", beta, betaOffset, c);
        Checks.vector(op, "runningMean", runningMean, runningMeanOffset, c);
        Checks.vector(op, "runningVariance", runningVariance, runningVarianceOffset, c);
        Checks.vector(op, "y", y, yOffset, RowJob.length(n, c, spatial));
        checkStatistics(op, c, statistics, statisticsOffset);
        if (n > 0 && spatial > 0) {
            workers.reusable(BatchNormJob.class, BatchNormJob::new)
                    .shape(workers, n, c, spatial, x, xOffset, gamma, gammaOffset)
                    .running(runningMean, runningMeanOffset, runningVariance, runningVarianceOffset)
                    .statistics(statistics, statisticsOffset).training(epsilon, momentum, beta, betaOffset, y, yOffset);
        }
    }

    /**
     * y ← gamma[c] · (x − mean[c]) / √(variance[c] + epsilon) + beta[c] with given statistics.
     *
     * @shape x, y: n × c × spatial, contiguous; gamma, beta, mean, variance: c
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker
     * @error at most γ(4)·|y − beta| + u·|y|; proved
     * @special NaN and infinities propagate as in the formula; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX BatchNormalization-15, PyTorch BatchNorm2d in evaluation
     *
     * @param workers the team that computes
     * @param n number of images
     * @param c number of channels
     * @param spatial elements of a plane
     * @param epsilon added to the variance
     * @param x the arguments
     * @param xOffset index of the first
     * @param gamma factor of each channel
     * @param gammaOffset index of the first
     * @param beta what is added to each channel
     * @param betaOffset index of the first
     * @param mean the mean of each channel
     * @param meanOffset index of the first
     * @param variance the variance of each channel
     * @param varianceOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n, c or spatial is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void inference(Workers workers, int n, int c, int spatial, float epsilon, float[] x, int xOffset,
            float[] gamma, int gammaOffset, float[] beta, int betaOffset, float[] mean, int meanOffset,
            float[] variance, int varianceOffset, float[] y, int yOffset) {
        String op = "BatchNorm.inference";
        check(op, workers, n, c, spatial, x, xOffset, gamma, gammaOffset);
        Checks.vector(op, "beta", beta, betaOffset, c);
        Checks.vector(op, "mean", mean, meanOffset, c);
        Checks.vector(op, "variance", variance, varianceOffset, c);
        Checks.vector(op, "y", y, yOffset, RowJob.length(n, c, spatial));
        if (n > 0 && spatial > 0) {
            workers.reusable(BatchNormJob.class, BatchNormJob::new)
                    .shape(workers, n, c, spatial, x, xOffset, gamma, gammaOffset)
                    .running(mean, meanOffset, variance, varianceOffset).forward(epsilon, beta, betaOffset, y, yOffset);
        }
    }

    /**
     * The gradients of {@link #forward}. With z the normalized x: dx ← gamma · (dy − mean(dy) − z · mean(dy · z)) / √(variance + epsilon)
     * with means over a channel, dGamma ← Σ dy · z and dBeta ← Σ dy, or each plus that.
     *
     * @shape x, dy, dx: n × c × spatial, contiguous; gamma, dGamma, dBeta: c; statistics: c × 3
     * @writes overwrites dx, dGamma and dBeta, or accumulates into them
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker
     * @error that of {@code LayerNormReference} for the elements of a channel, and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of images
     * @param c number of channels
     * @param spatial elements of a plane
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param gamma factor of each channel
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
     * @throws IllegalArgumentException if n, c or spatial is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, int c, int spatial, float[] x, int xOffset, float[] gamma,
            int gammaOffset, float[] statistics, int statisticsOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulateX, float[] dGamma, int dGammaOffset, boolean accumulateGamma, float[] dBeta,
            int dBetaOffset, boolean accumulateBeta) {
        String op = "BatchNorm.backward";
        check(op, workers, n, c, spatial, x, xOffset, gamma, gammaOffset);
        checkStatistics(op, c, statistics, statisticsOffset);
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "dGamma", dGamma, dGammaOffset, c);
        Checks.vector(op, "dBeta", dBeta, dBetaOffset, c);
        if (n > 0 && spatial > 0) {
            workers.reusable(BatchNormJob.class, BatchNormJob::new)
                    .shape(workers, n, c, spatial, x, xOffset, gamma, gammaOffset)
                    .statistics(statistics, statisticsOffset).backward(dy, dyOffset, dx, dxOffset, accumulateX, dGamma,
                            dGammaOffset, accumulateGamma, dBeta,
                            dBetaOffset, accumulateBeta);
        }
    }

    /**
     * The gradients of {@link #inference}, whose statistics are constants. With z the normalized x: dx ← dy · gamma / √(variance + epsilon),
     * dGamma ← Σ dy · z and dBeta ← Σ dy, or each plus that.
     *
     * @shape x, dy, dx: n × c × spatial, contiguous; gamma, mean, variance, dGamma, dBeta: c
     * @writes overwrites dx, dGamma and dBeta, or accumulates into them
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace 64 elements per worker
     * @error dx γ(3)·|dx|, dGamma γ(140)·Σ|dy · z|, dBeta γ(137)·Σ|dy|; and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivatives of {@link #inference}
     *
     * @param workers the team that computes
     * @param n number of images
     * @param c number of channels
     * @param spatial elements of a plane
     * @param epsilon added to the variance
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param gamma factor of each channel
     * @param gammaOffset index of the first
     * @param mean the mean of each channel
     * @param meanOffset index of the first
     * @param variance the variance of each channel
     * @param varianceOffset index of the first
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
     * @throws IllegalArgumentException if n, c or spatial is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void inferenceBackward(Workers workers, int n, int c, int spatial, float epsilon, float[] x,
            int xOffset, float[] gamma, int gammaOffset, float[] mean, int meanOffset, float[] variance,
            int varianceOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulateX, float[] dGamma,
            int dGammaOffset, boolean accumulateGamma, float[] dBeta, int dBetaOffset, boolean accumulateBeta) {
        String op = "BatchNorm.inferenceBackward";
        check(op, workers, n, c, spatial, x, xOffset, gamma, gammaOffset);
        Checks.vector(op, "mean", mean, meanOffset, c);
        Checks.vector(op, "variance", variance, varianceOffset, c);
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "dGamma", dGamma, dGammaOffset, c);
        Checks.vector(op, "dBeta", dBeta, dBetaOffset, c);
        if (n > 0 && spatial > 0) {
            workers.reusable(BatchNormJob.class, BatchNormJob::new)
                    .shape(workers, n, c, spatial, x, xOffset, gamma, gammaOffset)
                    .running(mean, meanOffset, variance, varianceOffset).epsilon(epsilon)
                    .backward(dy, dyOffset, dx, dxOffset, accumulateX, dGamma, dGammaOffset, accumulateGamma, dBeta,
                            dBetaOffset, accumulateBeta);
        }
    }

    private static void checkStatistics(String op, int c, float[] statistics, int statisticsOffset) {
        Checks.vector(op, "statistics", statistics, statisticsOffset, (long) Moments.KEPT * c);
    }

    private static void check(String op, Workers workers, int n, int c, int spatial, float[] x, int xOffset,
            float[] gamma, int gammaOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.size(op, "c", c);
        Checks.size(op, "spatial", spatial);
        Checks.vector(op, "x", x, xOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "gamma", gamma, gammaOffset, c);
    }
}
