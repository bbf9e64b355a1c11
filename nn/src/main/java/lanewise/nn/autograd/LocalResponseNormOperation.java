package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.normalization.LocalResponseNorm;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Local response normalization of images. */
public final class LocalResponseNormOperation extends Operation {

    private final Tensor x;
    private final Tensor scale;
    private final int size;
    private final float alpha;
    private final float beta;

    private LocalResponseNormOperation(Tensor x, Tensor scale, int size, float alpha, float beta) {
        this.x = x;
        this.scale = scale;
        this.size = size;
        this.alpha = alpha;
        this.beta = beta;
    }

    /**
     * The normalized elements.
     *
     * @param x [batch, channels, ...]
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param k what is added
     * @return the same shape
     */
    public static Tensor apply(Tensor x, int size, float alpha, float beta, float k) {
        Shape shape = x.shape();
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(
                    "localResponseNorm: x is " + shape + ", need [batch, channels, ...]");
        }
        Step step = Step.of("localResponseNorm", x);
        Tensor y = step.result(shape);
        Tensor scale = step.result(shape);
        LocalResponseNorm.forward(step.workers(), shape.size(0), shape.size(1), spatial(x), size, alpha, beta, k,
                x.data(),
                x.offset(), y.data(), y.offset(), scale.data(), scale.offset());
        return step.records(x) ? step.record(y, new LocalResponseNormOperation(x, scale, size, alpha, beta)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        LocalResponseNorm.backward(workers, x.shape().size(0), x.shape().size(1), spatial(x), size, alpha, beta,
                x.data(),
                x.offset(), y.data(), y.offset(), scale.data(), scale.offset(), dy.data(), dy.offset(), dx.data(),
                dx.offset(), accumulate);
    }

    private static int spatial(Tensor x) {
        int planes = x.shape().size(0) * x.shape().size(1);
        return planes == 0 ? 0 : x.size() / planes;
    }
}
