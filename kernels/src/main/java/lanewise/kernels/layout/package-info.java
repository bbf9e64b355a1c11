/**
 * Moving elements: permutations of axes, slices, concatenation, broadcasting and sums over axes are copies and additions between
 * two {@linkplain lanewise.kernels.layout.Layout views} of arrays.
 */
package lanewise.kernels.layout;
