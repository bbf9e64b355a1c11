package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Celu;
import lanewise.kernels.activation.Clip;
import lanewise.kernels.activation.Elu;
import lanewise.kernels.activation.Gelu;
import lanewise.kernels.activation.GeluTanh;
import lanewise.kernels.activation.HardSigmoid;
import lanewise.kernels.activation.HardSwish;
import lanewise.kernels.activation.LeakyRelu;
import lanewise.kernels.activation.Mish;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Selu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.activation.Silu;
import lanewise.kernels.activation.Softplus;
import lanewise.kernels.activation.Softsign;
import lanewise.kernels.activation.Tanh;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = f(x), element by element, where f is one of the activation kernels. */
public final class ActivationOperation extends Operation {

    /** max(x, 0). */
    public static final Kernel RELU = Kernel.ofResult("relu", Relu::forward, Relu::backward);
    /** 1 / (1 + exp(−x)). */
    public static final Kernel SIGMOID = Kernel.ofResult("sigmoid", Sigmoid::forward, Sigmoid::backward);
    /** The hyperbolic tangent. */
    public static final Kernel TANH = Kernel.ofResult("tanh", Tanh::forward, Tanh::backward);
    /** x / (1 + exp(−x)). */
    public static final Kernel SILU = Kernel.ofArgument("silu", Silu::forward, Silu::backward);
    /** x times the normal distribution's probability of less than x. */
    public static final Kernel GELU = Kernel.ofArgument("gelu", Gelu::forward, Gelu::backward);
    /** GELU by the tangent's approximation. */
    public static final Kernel GELU_TANH = Kernel.ofArgument("geluTanh", GeluTanh::forward, GeluTanh::backward);
    /** x · tanh(log(1 + exp(x))). */
    public static final Kernel MISH = Kernel.ofArgument("mish", Mish::forward, Mish::backward);
    /** ELU, scaled so that mean 0 and variance 1 stay. */
    public static final Kernel SELU = Kernel.ofArgument("selu", Selu::forward, Selu::backward);
    /** log(1 + exp(x)). */
    public static final Kernel SOFTPLUS = Kernel.ofArgument("softplus", Softplus::forward, Softplus::backward);
    /** x / (1 + |x|). */
    public static final Kernel SOFTSIGN = Kernel.ofArgument("softsign", Softsign::forward, Softsign::backward);
    /** x times a line between 0 and 1. */
    public static final Kernel HARD_SWISH = Kernel.ofArgument("hardSwish", HardSwish::forward, HardSwish::backward);
    /** A line between 0 and 1, of PyTorch's slope. */
    public static final Kernel HARD_SIGMOID = Kernel.hardSigmoid(1f / 6, 0.5f);

    private final Kernel kernel;
    private final Tensor x;

    private ActivationOperation(Kernel kernel, Tensor x) {
        this.kernel = kernel;
        this.x = x;
    }

    /**
     * A function and its derivative.
     *
     * @param name its name in messages
     * @param needsResult whether the derivative is computed from the result; else from the argument
     * @param forward the function
     * @param backward the derivative
     */
    public record Kernel(String name, boolean needsResult, Forward forward, Backward backward) {

        private static Kernel ofResult(String name, Forward forward, Backward backward) {
            return new Kernel(name, true, forward, backward);
        }

        private static Kernel ofArgument(String name, Forward forward, Backward backward) {
            return new Kernel(name, false, forward, backward);
        }

        /**
         * x, or slope · x where x is negative.
         *
         * @param slope the slope for negative arguments
         * @return the kernel
         */
        public static Kernel leakyRelu(float slope) {
            return ofArgument("leakyRelu",
                    (workers, n, x, xo, y, yo) -> LeakyRelu.forward(workers, n, slope, x, xo, y, yo),
                    (workers, n, x, xo, dy, dyo, dx, dxo, accumulate) -> LeakyRelu.backward(workers, n, slope, x, xo,
                            dy, dyo, dx, dxo, accumulate));
        }

        /**
         * x, or alpha · (exp(x / alpha) − 1) where it is negative.
         *
         * @param alpha minus the limit for negative arguments
         * @return the kernel
         */
        public static Kernel celu(float alpha) {
            return ofArgument("celu", (workers, n, x, xo, y, yo) -> Celu.forward(workers, n, alpha, x, xo, y, yo),
                    (workers, n, x, xo, dy, dyo, dx, dxo, accumulate) -> Celu.backward(workers, n, alpha, x, xo, dy,
                            dyo, dx, dxo, accumulate));
        }

        /**
         * x held between two bounds.
         *
         * @param min the least result
         * @param max the greatest
         * @return the kernel
         */
        public static Kernel clip(float min, float max) {
            return ofArgument("clip", (workers, n, x, xo, y, yo) -> Clip.forward(workers, n, min, max, x, xo, y, yo),
                    (workers, n, x, xo, dy, dyo, dx, dxo, accumulate) -> Clip.backward(workers, n, min, max, x, xo, dy,
                            dyo, dx, dxo, accumulate));
        }

        private static Kernel hardSigmoid(float slope, float middle) {
            return ofArgument("hardSigmoid",
                    (workers, n, x, xo, y, yo) -> HardSigmoid.forward(workers, n, slope, middle, x, xo, y, yo),
                    (workers, n, x, xo, dy, dyo, dx, dxo, accumulate) -> HardSigmoid.backward(workers, n, slope, middle,
                            x, xo, dy, dyo, dx, dxo, accumulate));
        }

        /**
         * x, or alpha · (exp(x) − 1) where x is negative.
         *
         * @param alpha minus the limit for negative arguments
         * @return the kernel
         */
        public static Kernel elu(float alpha) {
            return ofArgument("elu", (workers, n, x, xo, y, yo) -> Elu.forward(workers, n, alpha, x, xo, y, yo),
                    (workers, n, x, xo, dy, dyo, dx, dxo, accumulate) -> Elu.backward(workers, n, alpha, x, xo, dy, dyo,
                            dx, dxo, accumulate));
        }
    }

    /** The forward pass of a kernel. */
    @FunctionalInterface
    public interface Forward {

        /**
         * y ← f(x).
         *
         * @param workers the team that computes
         * @param n number of elements
         * @param x the arguments
         * @param xOffset index of the first
         * @param y the results
         * @param yOffset index of the first
         */
        void run(Workers workers, int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    /** The backward pass of a kernel. */
    @FunctionalInterface
    public interface Backward {

        /**
         * dx ← dy · f′, or dx plus that.
         *
         * @param workers the team that computes
         * @param n number of elements
         * @param saved arguments or results of the forward pass
         * @param savedOffset index of the first
         * @param dy gradient with respect to y
         * @param dyOffset index of its first element
         * @param dx gradient with respect to x
         * @param dxOffset index of its first element
         * @param accumulate whether to add to dx
         */
        void run(Workers workers, int n, float[] saved, int savedOffset, float[] dy, int dyOffset, float[] dx,
                int dxOffset, boolean accumulate);
    }

    /**
     * y = f(x).
     *
     * @param kernel f
     * @param x any shape
     * @return the same shape
     */
    public static Tensor apply(Kernel kernel, Tensor x) {
        Step step = Step.of(kernel.name(), x);
        Tensor y = step.result(x.shape());
        kernel.forward().run(step.workers(), x.size(), x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new ActivationOperation(kernel, x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        Tensor saved = kernel.needsResult() ? y : x;
        kernel.backward().run(workers, x.size(), saved.data(), saved.offset(), dy.data(), dy.offset(), dx.data(),
                dx.offset(), accumulate);
    }
}
