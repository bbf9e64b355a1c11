package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.PRelu;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** The rectifier whose slopes are learned. */
public final class PReluOperation extends Operation {

    private final Tensor x;
    private final Tensor slope;
    private final AxisRows channels;
    // Where gradients go that nobody asked for: the kernel computes both in one pass.
    private final Tensor unused;

    private PReluOperation(Step step, Tensor x, Tensor slope, AxisRows channels) {
        this.x = x;
        this.slope = slope;
        this.channels = channels;
        unused = !x.requiresGrad()
                ? step.result(x.shape())
                : slope.requiresGrad() ? null : step.result(slope.shape());
    }

    /**
     * x, or slope · x where x is negative.
     *
     * @param x [batch, channels, ...] with several slopes, any shape with one
     * @param slope [channels] or [1]
     * @return the same shape
     */
    public static Tensor apply(Tensor x, Tensor slope) {
        boolean one = slope.size() == 1;
        if (slope.shape().rank() != 1 || !(one || (x.shape().rank() > 1 && x.shape().size(1) == slope.size()))) {
            throw new IllegalArgumentException("prelu: x is " + x.shape() + ", slope is " + slope.shape()
                    + ", need one slope, or one for each channel of [batch, channels, ...]");
        }
        AxisRows channels = one ? new AxisRows(1, 1, x.size()) : AxisRows.of("prelu", x, 1);
        Step step = Step.of("prelu", x, slope);
        Tensor y = step.result(x.shape());
        PRelu.forward(step.workers(), channels.outer(), channels.n(), channels.inner(), x.data(), x.offset(),
                slope.data(), slope.offset(), y.data(), y.offset());
        return step.records(x, slope) ? step.record(y, new PReluOperation(step, x, slope, channels)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        boolean addX = x.requiresGrad() && accumulates(x);
        boolean addSlope = slope.requiresGrad() && accumulates(slope);
        Tensor dx = x.requiresGrad() ? x.grad() : unused;
        Tensor dSlope = slope.requiresGrad() ? slope.grad() : unused;
        PRelu.backward(workers, channels.outer(), channels.n(), channels.inner(), x.data(), x.offset(), slope.data(),
                slope.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(), addX, dSlope.data(), dSlope.offset(),
                addSlope);
    }
}
