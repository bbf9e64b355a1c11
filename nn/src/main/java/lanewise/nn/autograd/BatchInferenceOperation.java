package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Batch normalization with given statistics, which are constants. */
public final class BatchInferenceOperation extends Operation {

    private final Tensor x;
    private final Tensor gamma;
    private final Tensor beta;
    private final Tensor mean;
    private final Tensor variance;
    private final float epsilon;
    // Where gradients go that nobody asked for: the kernel computes all three in one pass.
    private final Tensor unused;

    private BatchInferenceOperation(Step step, Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance,
            float epsilon) {
        this.x = x;
        this.gamma = gamma;
        this.beta = beta;
        // Copies, as training may go on before the backward pass.
        this.mean = step.result(mean.shape());
        this.variance = step.result(variance.shape());
        mean.copyTo(this.mean.data(), this.mean.offset());
        variance.copyTo(this.variance.data(), this.variance.offset());
        this.epsilon = epsilon;
        unused = !x.requiresGrad()
                ? step.result(x.shape())
                : gamma.requiresGrad() && beta.requiresGrad() ? null : step.result(gamma.shape());
    }

    /**
     * The normalized elements.
     *
     * @param x [n, c, ...]
     * @param gamma [c], factors
     * @param beta [c], what is added
     * @param mean [c]
     * @param variance [c]
     * @param epsilon added to the variance
     * @return the shape of x
     */
    public static Tensor apply(Tensor x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, float epsilon) {
        NormalizationOperation.requireChannels(x.shape(), gamma.shape());
        Step step = Step.of("batchNorm", x, gamma, beta);
        Tensor y = step.result(x.shape());
        int c = gamma.size();
        BatchNorm.inference(step.workers(), x.shape().size(0), c, NormalizationOperation.spatial(x, c), epsilon,
                x.data(), x.offset(), gamma.data(), gamma.offset(), beta.data(), beta.offset(), mean.data(),
                mean.offset(), variance.data(), variance.offset(), y.data(), y.offset());
        return step.records(x, gamma, beta)
                ? step.record(y, new BatchInferenceOperation(step, x, gamma, beta, mean, variance, epsilon))
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
        int c = gamma.size();
        BatchNorm.inferenceBackward(workers, x.shape().size(0), c, NormalizationOperation.spatial(x, c), epsilon,
                x.data(), x.offset(), gamma.data(), gamma.offset(), mean.data(), mean.offset(), variance.data(),
                variance.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(), addX, dGamma.data(),
                dGamma.offset(), addGamma, dBeta.data(), dBeta.offset(), addBeta);
    }
}
