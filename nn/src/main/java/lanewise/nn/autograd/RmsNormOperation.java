package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.normalization.RmsNorm;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Root mean square normalization over the last axes. */
public final class RmsNormOperation extends Operation {

    private final Tensor x;
    private final Tensor gamma;
    private final Tensor inverse;
    // Where gradients go that nobody asked for: the kernel computes both in one pass.
    private final Tensor unused;

    private RmsNormOperation(Step step, Tensor x, Tensor gamma, Tensor inverse) {
        this.x = x;
        this.gamma = gamma;
        this.inverse = inverse;
        unused = !x.requiresGrad()
                ? step.result(x.shape())
                : gamma.requiresGrad() ? null : step.result(gamma.shape());
    }

    /**
     * The normalized elements times gamma.
     *
     * @param x ends in the shape of gamma
     * @param gamma factors
     * @param epsilon added to the mean of squares
     * @return the shape of x
     */
    public static Tensor apply(Tensor x, Tensor gamma, float epsilon) {
        requireEnd(x.shape(), gamma.shape());
        Step step = Step.of("rmsNorm", x, gamma);
        Tensor y = step.result(x.shape());
        int n = gamma.size();
        int rows = n == 0 ? 0 : x.size() / n;
        Tensor inverse = step.result(step.remembered(new RowCount(rows), RowCount::shape));
        RmsNorm.forward(step.workers(), rows, n, epsilon, x.data(), x.offset(), gamma.data(), gamma.offset(), y.data(),
                y.offset(), inverse.data(), inverse.offset());
        return step.records(x, gamma) ? step.record(y, new RmsNormOperation(step, x, gamma, inverse)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        boolean addX = x.requiresGrad() && accumulates(x);
        boolean addGamma = gamma.requiresGrad() && accumulates(gamma);
        Tensor dx = x.requiresGrad() ? x.grad() : unused;
        Tensor dGamma = gamma.requiresGrad() ? gamma.grad() : unused;
        RmsNorm.backward(workers, inverse.size(), gamma.size(), x.data(), x.offset(), gamma.data(), gamma.offset(),
                inverse.data(), inverse.offset(), dy.data(), dy.offset(), dx.data(), dx.offset(), addX, dGamma.data(),
                dGamma.offset(), addGamma);
    }

    private static void requireEnd(Shape x, Shape gamma) {
        if (!NormalizationOperation.endsIn(x, gamma)) {
            throw new IllegalArgumentException(
                    "rmsNorm: x is " + x + ", gamma is " + gamma + ", need x to end in the shape of gamma");
        }
    }

    private record RowCount(int rows) {

        Shape shape() {
            return Shape.of(rows);
        }
    }
}
