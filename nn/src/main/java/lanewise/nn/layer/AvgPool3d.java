package lanewise.nn.layer;

/**
 * The mean of each window: from [batch, channels, depth, height, width] to [batch, channels, outD, outH, outW]. Windows lie side by side (the stride is the
 * kernel) without padding unless said otherwise, before the layer is used.
 */
public final class AvgPool3d extends AvgPoolNd<AvgPool3d> {

    /**
     * A layer with cubic windows.
     *
     * @param kernel depth, height and width of a window, at least 1
     */
    public AvgPool3d(int kernel) {
        this(kernel, kernel, kernel);
    }

    /**
     * A layer.
     *
     * @param kernelD depth of a window, at least 1
     * @param kernelH height of a window, at least 1
     * @param kernelW width of a window, at least 1
     */
    public AvgPool3d(int kernelD, int kernelH, int kernelW) {
        super(kernelD, kernelH, kernelW);
    }

    @Override
    AvgPool3d self() {
        return this;
    }
}
