/** Convolutions in one, two and three spatial dimensions, forward and backward. */
package lanewise.kernels.convolution;
