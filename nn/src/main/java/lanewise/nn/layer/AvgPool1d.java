package lanewise.nn.layer;

/**
 * The mean of each window: from [batch, channels, length] to [batch, channels, outW]. Windows lie side by side (the stride is the
 * kernel) without padding unless said otherwise, before the layer is used.
 */
public final class AvgPool1d extends AvgPoolNd<AvgPool1d> {

    /**
     * A layer.
     *
     * @param kernel length of a window, at least 1
     */
    public AvgPool1d(int kernel) {
        super(kernel);
    }

    @Override
    AvgPool1d self() {
        return this;
    }
}
