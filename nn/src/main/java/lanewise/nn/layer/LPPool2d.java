package lanewise.nn.layer;

/**
 * (sum |x|^p)^(1/p) over each window: from [batch, channels, height, width] to [batch, channels, outH, outW]. Windows lie side by side (the
 * stride is the kernel) unless said otherwise, before the layer is used. PyTorch takes x^p without the magnitude; ONNX's LpPool, as here, with it.
 */
public final class LPPool2d extends LPPoolNd<LPPool2d> {

    /**
     * A layer with square windows.
     *
     * @param p the power, at least 1
     * @param kernel height and width of a window, at least 1
     */
    public LPPool2d(float p, int kernel) {
        this(p, kernel, kernel);
    }

    /**
     * A layer.
     *
     * @param p the power, at least 1
     * @param kernelH height of a window, at least 1
     * @param kernelW width of a window, at least 1
     */
    public LPPool2d(float p, int kernelH, int kernelW) {
        super(p, kernelH, kernelW);
    }

    @Override
    LPPool2d self() {
        return this;
    }
}
