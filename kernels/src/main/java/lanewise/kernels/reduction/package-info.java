/** Sums and maxima. */
package lanewise.kernels.reduction;
