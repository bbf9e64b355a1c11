package lanewise.kernels.convolution;

/** Which algorithm computes a convolution: the fastest that is known for the shape, or the one that the caller names. */
final class AlgorithmChoice {

    // Up to here sums straight from the image are faster than a matrix product of so few rows (decision 0008).
    private static final int FEW_CHANNELS = 8;

    private AlgorithmChoice() {}

    /** For y or dx, whichever has these channels: they would be the rows of a matrix product. */
    static ConvolutionAlgorithm ofData(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm, int channels) {
        if (algorithm == ConvolutionAlgorithm.AUTO && WinogradConvolution.pays(g)) {
            return ConvolutionAlgorithm.WINOGRAD;
        }
        if (algorithm == ConvolutionAlgorithm.WINOGRAD) {
            require(op, algorithm, g, WinogradConvolution.needed(g));
            return algorithm;
        }
        return of(op, g, algorithm, channels);
    }

    /** For the gradient of the filter. */
    static ConvolutionAlgorithm ofFilter(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm) {
        if (algorithm == ConvolutionAlgorithm.WINOGRAD) {
            require(op, algorithm, g, "y or dx: there is none for the filter's gradient");
        }
        return of(op, g, algorithm, g.c());
    }

    private static ConvolutionAlgorithm of(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm,
            int channels) {
        boolean direct = DirectConvolution.supports(g);
        boolean depthwise = g.groups() == g.c();
        String small = direct
                ? null
                : "an image whose padded group has at most " + DirectConvolution.MAX_COPY + " elements";
        switch (algorithm) {
            case AUTO -> {
                if (!direct || (channels / g.groups() > FEW_CHANNELS && (!depthwise || g.groups() == 1))) {
                    return ConvolutionAlgorithm.IMPLICIT_GEMM;
                }
                return depthwise ? ConvolutionAlgorithm.DEPTHWISE : ConvolutionAlgorithm.DIRECT;
            }
            case DIRECT -> require(op, algorithm, g, small);
            case IM2COL -> require(op, algorithm, g, Im2colConvolution.supports(g)
                    ? null
                    : "a matrix of windows with at most " + Im2colConvolution.MAX_COLUMNS + " elements");
            case DEPTHWISE -> require(op, algorithm, g, depthwise ? small : "as many groups as channels");
            default -> {
            }
        }
        return algorithm;
    }

    private static void require(String op, ConvolutionAlgorithm algorithm, ConvolutionGeometry g, String needed) {
        if (needed != null) {
            throw new IllegalArgumentException(
                    op + ": algorithm = " + algorithm + ", need " + needed + ", not " + g);
        }
    }
}
