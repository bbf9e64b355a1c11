package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = factor · x. */
public final class ScaleOperation extends Operation {

    private final Tensor x;
    private final float factor;

    private ScaleOperation(Tensor x, float factor) {
        this.x = x;
        this.factor = factor;
    }

    /**
     * factor · x.
     *
     * @param x any shape
     * @param factor the factor
     * @return the same shape
     */
    public static Tensor apply(Tensor x, float factor) {
        Step step = Step.of("mul", x);
        Tensor y = step.result(x.shape());
        Elementwise.scale(step.workers(), x.size(), factor, x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new ScaleOperation(x, factor)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        if (accumulate) {
            Elementwise.axpy(workers, x.size(), factor, dy.data(), dy.offset(), dx.data(), dx.offset());
        } else {
            Elementwise.scale(workers, x.size(), factor, dy.data(), dy.offset(), dx.data(), dx.offset());
        }
    }
}
