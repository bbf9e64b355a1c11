package lanewise.nn;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;

/**
 * One recorded operation: what its backward needs from its forward. Each operation is a small class that keeps a static
 * forward (a shape rule and a few kernel calls) beside its backward:
 *
 * {@snippet :
 * final class SquareOperation extends Operation {
 *
 *     private final Tensor x;
 *
 *     private SquareOperation(Tensor x) {
 *         this.x = x;
 *     }
 *
 *     static Tensor apply(Tensor x) {
 *         Step step = Step.of("square", x);
 *         Tensor y = step.result(x.shape());
 *         Elementwise.multiply(step.workers(), x.size(), x.data(), x.offset(), x.data(), x.offset(), y.data(), y.offset());
 *         return step.records(x) ? step.record(y, new SquareOperation(x)) : y;
 *     }
 *
 *     @Override
 *     protected void backward(Workers workers, Tensor y) {
 *         boolean accumulate = accumulates(x);
 *         float[] dy = y.grad().data(), dx = x.grad().data(); // and their offsets
 *         // dx (+)= 2 * x * dy
 *     }
 * }
 * }
 */
public abstract class Operation {

    /** For subclasses. */
    protected Operation() {}

    /**
     * Computes what this operation contributes to the gradients of those inputs that require one. Called when the
     * gradient of the result is complete.
     *
     * @param workers the team to compute with
     * @param y the result; its gradient is {@code y.grad()}
     */
    protected abstract void backward(Workers workers, Tensor y);

    /**
     * Opens the gradient of an input for one contribution. The answer is what backward kernels take as their argument
     * {@code accumulate}: the first contribution overwrites, so that nothing has to be filled with zeros, and the others
     * add to it. Ask once before each contribution, and only for an input that requires a gradient.
     *
     * @param x the input
     * @return true if the contribution must be added to {@code x.grad()}, false if it must overwrite it
     */
    protected static boolean accumulates(Tensor x) {
        return x.openGrad();
    }

    /**
     * Contributes a gradient that stands ready, for kernels that compute several gradients at once or where two inputs may be one
     * tensor. Does nothing for an input that requires no gradient.
     *
     * @param workers the team to compute with
     * @param ready the contribution
     * @param x the input
     */
    protected static void contribute(Workers workers, Tensor ready, Tensor x) {
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            if (accumulate) {
                Elementwise.add(workers, dx.size(), dx.data(), dx.offset(), ready.data(), ready.offset(), dx.data(),
                        dx.offset());
            } else {
                ready.copyTo(dx.data(), dx.offset());
            }
        }
    }
}
