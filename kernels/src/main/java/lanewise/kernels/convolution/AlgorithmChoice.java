package lanewise.kernels.convolution;

import lanewise.kernels.Window;

/** Which algorithm computes a convolution: the fastest that is known for the shape, or the one that the caller names. */
final class AlgorithmChoice {

    // Decisions 0008, 0012 and 0020. Up to so many channels of the result, or of dy for the filter's gradient, the copies of a
    // matrix product cost more than they help.
    private static final int FEW_TARGETS = 16;
    private static final int FEW_FILTERS = 32;

    // Elements of a padded image's group, of which each worker has a copy at most, or of a matrix of windows: 16 MiB.
    private static final int AUTO_COPY = 1 << 22;

    private AlgorithmChoice() {}

    /** For y. */
    static ConvolutionAlgorithm ofOutput(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm) {
        boolean overlap = overlaps(g.depth()) || overlaps(g.height()) || overlaps(g.width());
        return ofData(op, g, algorithm, g.outC(), g.width().output(), !overlap);
    }

    /** For dx. */
    static ConvolutionAlgorithm ofImage(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm) {
        return ofData(op, g, algorithm, g.c(), g.width().input(), true);
    }

    private static ConvolutionAlgorithm ofData(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm,
            int targets, int positions, boolean columnsPay) {
        if (algorithm == ConvolutionAlgorithm.AUTO && WinogradConvolution.pays(g)) {
            return ConvolutionAlgorithm.WINOGRAD;
        }
        if (algorithm == ConvolutionAlgorithm.WINOGRAD) {
            require(op, algorithm, g, WinogradConvolution.needed(g));
            return algorithm;
        }
        boolean few = !isOfPoints(g)
                && (targets / g.groups() <= FEW_TARGETS || DirectConvolution.liesSideBySide(g, positions));
        if (algorithm == ConvolutionAlgorithm.AUTO && columnsPay && !few && g.groups() == 1 && isStrided(g)
                && Im2colConvolution.columns(g) <= AUTO_COPY) {
            return ConvolutionAlgorithm.IM2COL;
        }
        return of(op, g, algorithm, few);
    }

    /** For the gradient of the filter. */
    static ConvolutionAlgorithm ofFilter(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm) {
        if (algorithm == ConvolutionAlgorithm.WINOGRAD) {
            require(op, algorithm, g, "y or dx: there is none for the filter's gradient");
        }
        return of(op, g, algorithm, g.outC() / g.groups() <= FEW_FILTERS);
    }

    private static ConvolutionAlgorithm of(String op, ConvolutionGeometry g, ConvolutionAlgorithm algorithm,
            boolean few) {
        boolean direct = DirectConvolution.copiesAtMost(DirectConvolution.MAX_COPY, g);
        boolean depthwise = g.groups() == g.c();
        String small = direct
                ? null
                : "an image whose padded group has at most " + DirectConvolution.MAX_COPY + " elements";
        switch (algorithm) {
            case AUTO -> {
                boolean eachAlone = depthwise && g.groups() > 1;
                if (!(few || eachAlone) || !DirectConvolution.copiesAtMost(AUTO_COPY, g)) {
                    return ConvolutionAlgorithm.IMPLICIT_GEMM;
                }
                return eachAlone ? ConvolutionAlgorithm.DEPTHWISE : ConvolutionAlgorithm.DIRECT;
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

    /** Whether each element of y depends on one position of x: then nothing is copied for a matrix product. */
    private static boolean isOfPoints(ConvolutionGeometry g) {
        return g.depth().kernel() * g.height().kernel() * g.width().kernel() == 1;
    }

    private static boolean isStrided(ConvolutionGeometry g) {
        return g.depth().stride() > 1 || g.height().stride() > 1 || g.width().stride() > 1;
    }

    private static boolean overlaps(Window window) {
        return window.kernel() > window.stride();
    }

    private static void require(String op, ConvolutionAlgorithm algorithm, ConvolutionGeometry g, String needed) {
        if (needed != null) {
            throw new IllegalArgumentException(
                    op + ": algorithm = " + algorithm + ", need " + needed + ", not " + g);
        }
    }
}
