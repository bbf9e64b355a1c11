/**
 * Pooling in one, two and three spatial dimensions, forward and backward: maxima, means, norms, adaptive pooling, and the
 * partial inverse of max pooling.
 *
 * <p>
 * A dimension at a time, by strips of rows that stay in the first-level cache. Forward, the rows of x that a row of y sees
 * are combined element by element into a row of the strip, and the strip is pooled along the width into y. Backward, what
 * each window gives to its elements is spread along the width into a row of the strip, and rows of the strip are added up
 * to rows of dx.
 *
 * <pre>
 * x        strip    y               dy       strip    dx
 * ------ \                                         / ------
 * ------ - ------ - ---            --- - ------ - - ------
 * ------ - ------ - ---            --- - ------ - - ------
 * ------ /                                        \ ------
 * </pre>
 *
 * <p>
 * Maxima with their places are found in the other order, along the width first, because then elements come in the order of
 * their places and the first of equal ones is kept by keeping what was found. Their gradient goes to the places that the
 * forward pass noted, one by one.
 *
 * <p>
 * Along the width, strides 1 and 2 are vectors: a stride of 2 takes even and odd elements apart (Stride2). Larger strides,
 * further elements of windows wider than three, other powers than 2 and adaptive windows of unequal sizes are plain loops,
 * and a row of fewer elements than a vector has lanes is, too. Planes (one image, one channel) are what threads share, so a
 * single plane is computed by one thread. Record 0006 has the figures.
 */
package lanewise.kernels.pooling;
