package lanewise.nn.layer;

/**
 * The largest element of each window: from [batch, channels, length] to [batch, channels, outW]. Windows lie side by side (the
 * stride is the kernel) without padding unless said otherwise, before the layer is used. Of equal elements the first gets the
 * gradient; NaN is larger than any number.
 */
public final class MaxPool1d extends MaxPoolNd<MaxPool1d> {

    /**
     * A layer.
     *
     * @param kernel length of a window, at least 1
     */
    public MaxPool1d(int kernel) {
        super(kernel);
    }

    @Override
    MaxPool1d self() {
        return this;
    }
}
