package lanewise.nn.layer;

/**
 * The largest element of each window: from [batch, channels, height, width] to [batch, channels, outH, outW]. Windows lie side by side (the
 * stride is the kernel) without padding unless said otherwise, before the layer is used. Of equal elements the first gets the
 * gradient; NaN is larger than any number.
 */
public final class MaxPool2d extends MaxPoolNd<MaxPool2d> {

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
        super(kernelH, kernelW);
    }

    @Override
    MaxPool2d self() {
        return this;
    }
}
