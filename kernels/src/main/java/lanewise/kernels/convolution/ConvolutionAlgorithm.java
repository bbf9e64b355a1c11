package lanewise.kernels.convolution;

/** How a convolution is computed. All give the same result up to rounding; {@link #AUTO} chooses by shape alone. */
public enum ConvolutionAlgorithm {

    /** The fastest that is known for the shape. */
    AUTO,

    /** The textbook way: im2col writes the whole matrix of windows, and a matrix product does the rest. */
    IM2COL,

    /** A matrix product whose panels are packed straight from the image. */
    IMPLICIT_GEMM,

    /**
     * Fewer multiplications by the minimal filtering of Winograd: 3x3 filters, stride and dilation 1, one group. Its rounding
     * errors are larger.
     */
    WINOGRAD,

    /** One channel at a time: as many groups as channels. */
    DEPTHWISE,

    /** Sums straight from the image: for few channels, where a matrix product has too few rows. */
    DIRECT
}
