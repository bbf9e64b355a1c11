/**
 * Softmax and its logarithms along any axis. Exponentials are taken of differences to the largest element, so that nothing
 * overflows; losses that contain a softmax are in {@code lanewise.kernels.loss}, fused with it.
 */
package lanewise.kernels.softmax;
