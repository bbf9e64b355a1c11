package lanewise.nn.layer;

/**
 * The mean of each window: from [batch, channels, height, width] to [batch, channels, outH, outW]. Windows lie side by side (the stride is the
 * kernel) without padding unless said otherwise, before the layer is used.
 */
public final class AvgPool2d extends AvgPoolNd<AvgPool2d> {

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
        super(kernelH, kernelW);
    }

    @Override
    AvgPool2d self() {
        return this;
    }
}
