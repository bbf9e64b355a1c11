package lanewise.nn.layer;

/**
 * The largest element of each window: from [batch, channels, depth, height, width] to [batch, channels, outD, outH, outW]. Windows lie side by side (the
 * stride is the kernel) without padding unless said otherwise, before the layer is used. Of equal elements the first gets the
 * gradient; NaN is larger than any number.
 */
public final class MaxPool3d extends MaxPoolNd<MaxPool3d> {

    /**
     * A layer with cubic windows.
     *
     * @param kernel depth, height and width of a window, at least 1
     */
    public MaxPool3d(int kernel) {
        this(kernel, kernel, kernel);
    }

    /**
     * A layer.
     *
     * @param kernelD depth of a window, at least 1
     * @param kernelH height of a window, at least 1
     * @param kernelW width of a window, at least 1
     */
    public MaxPool3d(int kernelD, int kernelH, int kernelW) {
        super(kernelD, kernelH, kernelW);
    }

    @Override
    MaxPool3d self() {
        return this;
    }
}
