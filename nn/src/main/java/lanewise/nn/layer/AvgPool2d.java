package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.AveragePoolingOperation;

/**
 * The mean of each window: from [batch, channels, height, width] to [batch, channels, outH, outW]. Windows lie side by side
 * (the stride is the kernel) without padding unless said otherwise, before the layer is used.
 */
public final class AvgPool2d extends Module {

    private final PoolWindow window;
    private boolean countIncludePad = true;

    /**
     * A layer with square windows.
     *
     * @param kernel height and width of a window, at least 1
     */
    public AvgPool2d(int kernel) {
        this(kernel, kernel);
    }

    /**
     * A layer.
     *
     * @param kernelH height of a window, at least 1
     * @param kernelW width of a window, at least 1
     */
    public AvgPool2d(int kernelH, int kernelW) {
        window = new PoolWindow("AvgPool2d", kernelH, kernelW);
    }

    /**
     * Sets how far the window moves from one element of the output to the next.
     *
     * @param stride one for height and width, or one for each; at least 1
     * @return this
     */
    public AvgPool2d stride(int... stride) {
        window.stride(stride);
        return this;
    }

    /**
     * Sets how many zeros are put around the input, on each side.
     *
     * @param padding one for height and width, or one for each; not negative
     * @return this
     */
    public AvgPool2d padding(int... padding) {
        window.padding(padding);
        return this;
    }

    /**
     * Lets the last window reach beyond the padded input, if it begins inside.
     *
     * @return this
     */
    public AvgPool2d ceilMode() {
        window.ceilMode();
        return this;
    }

    /**
     * Sets whether a mean counts the zeros of the padding, as it does at first.
     *
     * @param include false to divide by the number of elements of the input in a window
     * @return this
     */
    public AvgPool2d countIncludePad(boolean include) {
        countIncludePad = include;
        return this;
    }

    @Override
    public Tensor forward(Tensor x) {
        PoolWindow.Plan plan = window.over(x.shape());
        return AveragePoolingOperation.apply(plan.geometry(), plan.output(), countIncludePad, x);
    }
}
