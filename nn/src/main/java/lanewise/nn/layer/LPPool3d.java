package lanewise.nn.layer;

/**
 * (sum |x|^p)^(1/p) over each window: from [batch, channels, depth, height, width] to [batch, channels, outD, outH, outW]. Windows lie side by side (the
 * stride is the kernel) unless said otherwise, before the layer is used. PyTorch takes x^p without the magnitude; ONNX's LpPool, as here, with it.
 */
public final class LPPool3d extends LPPoolNd<LPPool3d> {

    /**
     * A layer with cubic windows.
     *
     * @param p the power, at least 1
     * @param kernel depth, height and width of a window, at least 1
     */
    public LPPool3d(float p, int kernel) {
        this(p, kernel, kernel, kernel);
    }

    /**
     * A layer.
     *
     * @param p the power, at least 1
     * @param kernelD depth of a window, at least 1
     * @param kernelH height of a window, at least 1
     * @param kernelW width of a window, at least 1
     */
    public LPPool3d(float p, int kernelD, int kernelH, int kernelW) {
        super(p, kernelD, kernelH, kernelW);
    }

    @Override
    LPPool3d self() {
        return this;
    }
}
