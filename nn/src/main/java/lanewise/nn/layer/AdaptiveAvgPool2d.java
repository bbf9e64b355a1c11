package lanewise.nn.layer;

/**
 * Means over windows that divide inputs of any size into a given number of parts: from [batch, channels, height, width] to [batch,
 * channels, outH, outW]. With one part it is the mean of each channel.
 */
public final class AdaptiveAvgPool2d extends AdaptiveAvgPoolNd {

    /**
     * A layer with square results.
     *
     * @param out height and width of the output, at least 1
     */
    public AdaptiveAvgPool2d(int out) {
        this(out, out);
    }

    /**
     * A layer.
     *
     * @param outH height of the output, at least 1
     * @param outW width of the output, at least 1
     */
    public AdaptiveAvgPool2d(int outH, int outW) {
        super(outH, outW);
    }
}
