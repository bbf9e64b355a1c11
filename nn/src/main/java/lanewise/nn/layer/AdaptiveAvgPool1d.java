package lanewise.nn.layer;

/**
 * Means over windows that divide inputs of any size into a given number of parts: from [batch, channels, length] to [batch,
 * channels, outW]. With one part it is the mean of each channel.
 */
public final class AdaptiveAvgPool1d extends AdaptiveAvgPoolNd {

    /**
     * A layer.
     *
     * @param out length of the output, at least 1
     */
    public AdaptiveAvgPool1d(int out) {
        super(out);
    }
}
