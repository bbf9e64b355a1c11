package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.kernels.normalization.LayerNorm;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Batch normalization in training, or layer normalization. */
public final class NormalizationOperation extends Operation {

    private final Tensor x;
    private final Tensor gamma;
    private final Tensor beta;
    private final Tensor statistics;
    private final boolean ofBatch;
    // Where gradients go that nobody asked for: the kernels compute all three in one pass.
    private final Tensor unused;

    private NormalizationOperation(Step step, Tensor x, Tensor gamma, Tensor beta, Tensor statistics,
            boolean ofBatch) {
        this.x = x;
        this.gamma = gamma;
        this.beta = beta;
        this.statistics = statistics;
        this.ofBatch = ofBatch;
        unused = !x.requiresGrad()
                ? step.result(x.shape())
                : gamma.requiresGrad() && beta.requiresGrad() ? null : step.result(gamma.shape());
    }

    /**
     * Layer normalization over the last axes.
     *
     * @param x ends in the shape of gamma
     * @param gamma factors
     * @param beta what is added
     * @param epsilon added to the variance
     * @return the shape of x
     */
    public static Tensor layer(Tensor x, Tensor gamma, Tensor beta, float epsilon) {
        requireEnd(x.shape(), gamma.shape(), beta.shape());
        Step step = Step.of("layerNorm", x, gamma, beta);
        Tensor y = step.result(x.shape());
        int n = gamma.size();
        int rows = n == 0 ? 0 : x.size() / n;
        Tensor statistics = statistics(step, rows);
        LayerNorm.forward(step.workers(), rows, n, epsilon, x.data(), x.offset(), gamma.data(), gamma.offset(),
                beta.data(), beta.offset(), y.data(), y.offset(), statistics.data(), statistics.offset());
        return step.records(x, gamma, beta)
                ? step.record(y, new NormalizationOperation(step, x, gamma, beta, statistics, false))
                : y;
    }

    /**
     * Batch normalization with the statistics of this batch.
     *
     * @param x [n, c, ...]
     * @param gamma [c], factors
     * @param beta [c], what is added
     * @param runningMean [c], takes part of the means of the batch
     * @param runningVariance [c], takes part of the variances of the batch
     * @param momentum how much
     * @param epsilon added to the variance
     * @return the shape of x
     */
    public static Tensor batch(Tensor x, Tensor gamma, Tensor beta, Tensor runningMean, Tensor runningVariance,
            float momentum, float epsilon) {
        requireChannels(x.shape(), gamma.shape());
        Step step = Step.of("batchNorm", x, gamma, beta);
        int n = x.shape().size(0);
        int c = gamma.size();
        int spatial = spatial(x, c);
        if ((long) n * spatial < 2) {
            throw new IllegalArgumentException(
                    "batchNorm: x is " + x.shape() + ", need at least two elements of each channel in training");
        }
        Tensor y = step.result(x.shape());
        Tensor statistics = statistics(step, c);
        BatchNorm.forward(step.workers(), n, c, spatial, epsilon, momentum, x.data(), x.offset(), gamma.data(),
                gamma.offset(), beta.data(), beta.offset(), runningMean.data(), runningMean.offset(),
                runningVariance.data(), runningVariance.offset(), y.data(), y.offset(), statistics.data(),
                statistics.offset());
        return step.records(x, gamma, beta)
                ? step.record(y, new NormalizationOperation(step, x, gamma, beta, statistics, true))
                : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        boolean addX = x.requiresGrad() && accumulates(x);
        boolean addGamma = gamma.requiresGrad() && accumulates(gamma);
        boolean addBeta = beta.requiresGrad() && accumulates(beta);
        Tensor dx = x.requiresGrad() ? x.grad() : unused;
        Tensor dGamma = gamma.requiresGrad() ? gamma.grad() : unused;
        Tensor dBeta = beta.requiresGrad() ? beta.grad() : unused;
        int n = gamma.size();
        if (ofBatch) {
            BatchNorm.backward(workers, x.shape().size(0), n, spatial(x, n), x.data(), x.offset(), gamma.data(),
                    gamma.offset(), statistics.data(), statistics.offset(), dy.data(), dy.offset(), dx.data(),
                    dx.offset(), addX, dGamma.data(),
                    dGamma.offset(), addGamma, dBeta.data(), dBeta.offset(), addBeta);
        } else {
            LayerNorm.backward(workers, n == 0 ? 0 : x.size() / n, n, x.data(), x.offset(), gamma.data(),
                    gamma.offset(), statistics.data(), statistics.offset(), dy.data(), dy.offset(), dx.data(),
                    dx.offset(), addX, dGamma.data(),
                    dGamma.offset(), addGamma, dBeta.data(), dBeta.offset(), addBeta);
        }
    }

    private static Tensor statistics(Step step, int count) {
        return step.result(step.remembered(new Statistics(count), Statistics::shape));
    }

    static int spatial(Tensor x, int c) {
        int images = x.shape().size(0);
        return images == 0 || c == 0 ? 0 : x.size() / (images * c);
    }

    static void requireChannels(Shape x, Shape gamma) {
        if (x.rank() < 2 || x.size(1) != gamma.size()) {
            throw new IllegalArgumentException(
                    "batchNorm: x is " + x + ", need [batch, " + gamma.size() + ", ...] for gamma " + gamma);
        }
    }

    /** Whether the last axes of x have the shape of gamma. */
    static boolean endsIn(Shape x, Shape gamma) {
        boolean fits = x.rank() >= gamma.rank();
        for (int i = 1; fits && i <= gamma.rank(); i++) {
            fits = x.size(-i) == gamma.size(-i);
        }
        return fits;
    }

    private static void requireEnd(Shape x, Shape gamma, Shape beta) {
        if (!endsIn(x, gamma) || !gamma.equals(beta)) {
            throw new IllegalArgumentException("layerNorm: x is " + x + ", gamma is " + gamma + ", beta is " + beta
                    + ", need x to end in the shape of both");
        }
    }

    /** Three numbers of each row or channel, as the kernels keep them. */
    private record Statistics(int count) {

        Shape shape() {
            return Shape.of(count, 3);
        }
    }
}
