package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = x, sharing its elements, perhaps in another shape. */
public final class ViewOperation extends Operation {

    private final Tensor x;

    private ViewOperation(Tensor x) {
        this.x = x;
    }

    /**
     * A tensor of a step that shares the elements of another.
     *
     * @param step the step
     * @param x the other
     * @param shape the shape, of as many elements
     * @return the tensor
     */
    public static Tensor apply(Step step, Tensor x, Shape shape) {
        Tensor y = step.resultSharing(x, shape);
        return step.records(x) ? step.record(y, new ViewOperation(x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        pass(workers, y, x);
    }

    /** dx (+)= dy, where both have the same size. */
    static void pass(Workers workers, Tensor y, Tensor x) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        if (accumulate) {
            Elementwise.axpy(workers, x.size(), 1, dy.data(), dy.offset(), dx.data(), dx.offset());
        } else {
            System.arraycopy(dy.data(), dy.offset(), dx.data(), dx.offset(), x.size());
        }
    }
}
