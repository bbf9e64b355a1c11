package lanewise.nn.layer;

/**
 * Means over windows that divide inputs of any size into a given number of parts: from [batch, channels, depth, height, width] to [batch,
 * channels, outD, outH, outW]. With one part it is the mean of each channel.
 */
public final class AdaptiveAvgPool3d extends AdaptiveAvgPoolNd {

    /**
     * A layer with cubic results.
     *
     * @param out depth, height and width of the output, at least 1
     */
    public AdaptiveAvgPool3d(int out) {
        this(out, out, out);
    }

    /**
     * A layer.
     *
     * @param outD depth of the output, at least 1
     * @param outH height of the output, at least 1
     * @param outW width of the output, at least 1
     */
    public AdaptiveAvgPool3d(int outD, int outH, int outW) {
        super(outD, outH, outW);
    }
}
