package lanewise.nn.autograd;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.reduction.Reduction;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the sum of all elements of x. */
public final class SumOperation extends Operation {

    private final Tensor x;

    private SumOperation(Tensor x) {
        this.x = x;
    }

    /**
     * The sum of x.
     *
     * @param x any shape
     * @return a scalar
     */
    public static Tensor apply(Tensor x) {
        Step step = Step.of("sum", x);
        Tensor y = step.result(Shape.SCALAR);
        Reduction.sum(step.workers(), x.size(), x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new SumOperation(x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        float dy = y.grad().item();
        float[] dx = x.grad().data();
        int from = x.grad().offset();
        int to = from + x.size();
        if (accumulate) {
            for (int i = from; i < to; i++) {
                dx[i] += dy;
            }
        } else {
            Arrays.fill(dx, from, to, dy);
        }
    }
}
