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
     * A quarter of the multiplications by Winograd's minimal filtering, in tiles of 4 x 4 results: two dimensions, 3 x 3
     * filters, stride and dilation 1, padding of at most 2, one group; forward and backward-data.
     *
     * <p>
     * Its rounding errors are larger: per element, before the activation, at most γ(c+30) · (565 · Σ max|filter| · max|x| +
     * |bias|), the sum over the c input channels and the maxima over the 9 elements of a filter and the 6 x 6 elements of x
     * that the tile needs; proved. For backward-data read dy for x, outC for c, and dx for the bias when accumulating. In
     * random tests errors were below 7e-6 · Σ|x||filter| with one channel, 5e-7 with 64. A NaN or an infinity in x may
     * reach all 16 results of the tiles that need it, and an infinity may make NaN of them.
     */
    WINOGRAD,

    /** One channel at a time: as many groups as channels. */
    DEPTHWISE,

    /**
     * Sums straight from the image: for few channels of the result, where a matrix product has too few rows, and for many
     * narrow images, which it computes sixteen at a time.
     */
    DIRECT
}
