/**
 * Pooling in one, two and three spatial dimensions, forward and backward: maxima, means, norms, adaptive pooling, and the
 * partial inverse of max pooling.
 *
 * <p>
 * All kernels but the adaptive ones compute a dimension at a time. Forward, a row of x is pooled along the width into a row
 * of a ring, which holds the rows that a window spans, and rows of the ring are combined into a row of y. Backward, the
 * share of each window is spread along the width into a row of a ring, and rows of the ring are added up to a row of dx.
 *
 * <pre>
 * x        ring     y                 dy       ring     dx
 * ------ \                                            / ------
 * ------ - ---- \                              ------ - ------
 * ------ - ---- - ----                ---- - / ------ - ------
 * ------ - ---- /
 * </pre>
 *
 * <p>
 * Along the width, strides 1 and 2 are vectors: a stride of 2 takes even and odd elements apart (Stride2). Larger strides,
 * and windows that reach into padding, are plain loops; padding is never stored. The gradient of a maximum goes to the
 * place that the forward pass noted.
 *
 * <p>
 * Planes (one image, one channel) are what threads share, so a single plane is computed by one thread.
 */
package lanewise.kernels.pooling;
