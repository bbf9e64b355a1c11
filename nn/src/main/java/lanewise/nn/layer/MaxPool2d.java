package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.MaxPoolingOperation;

/**
 * The largest element of each window: from [batch, channels, height, width] to [batch, channels, outH, outW]. Windows lie
 * side by side (the stride is the kernel) without padding unless said otherwise, before the layer is used. Of equal elements
 * the first gets the gradient; NaN is larger than any number.
 */
public final class MaxPool2d extends Module {

    private final PoolWindow window;

    /**
     * A layer with square windows.
     *
     * @param kernel height and width of a window, at least 1
     */
    public MaxPool2d(int kernel) {
        this(kernel, kernel);
    }

    /**
     * A layer.
     *
     * @param kernelH height of a window, at least 1
     * @param kernelW width of a window, at least 1
     */
    public MaxPool2d(int kernelH, int kernelW) {
        window = new PoolWindow("MaxPool2d", kernelH, kernelW);
    }

    /**
     * Sets how far the window moves from one element of the output to the next.
     *
     * @param stride one for height and width, or one for each; at least 1
     * @return this
     */
    public MaxPool2d stride(int... stride) {
        window.stride(stride);
        return this;
    }

    /**
     * Sets how many elements, smaller than any number, are put around the input, on each side.
     *
     * @param padding one for height and width, or one for each; not negative
     * @return this
     */
    public MaxPool2d padding(int... padding) {
        window.padding(padding);
        return this;
    }

    /**
     * Sets the distance between neighbouring elements of a window.
     *
     * @param dilation one for height and width, or one for each; at least 1
     * @return this
     */
    public MaxPool2d dilation(int... dilation) {
        window.dilation(dilation);
        return this;
    }

    /**
     * Lets the last window reach beyond the padded input, if it begins inside.
     *
     * @return this
     */
    public MaxPool2d ceilMode() {
        window.ceilMode();
        return this;
    }

    @Override
    public Tensor forward(Tensor x) {
        PoolWindow.Plan plan = window.over(x.shape());
        return MaxPoolingOperation.apply(plan.geometry(), plan.output(), x);
    }
}
