package lanewise.nn.layer;

/**
 * (sum |x|^p)^(1/p) over each window: from [batch, channels, length] to [batch, channels, outW]. Windows lie side by side (the
 * stride is the kernel) unless said otherwise, before the layer is used. PyTorch takes x^p without the magnitude; ONNX's LpPool, as here, with it.
 */
public final class LPPool1d extends LPPoolNd<LPPool1d> {

    /**
     * A layer.
     *
     * @param p the power, at least 1
     * @param kernel length of a window, at least 1
     */
    public LPPool1d(float p, int kernel) {
        super(p, kernel);
    }

    @Override
    LPPool1d self() {
        return this;
    }
}
