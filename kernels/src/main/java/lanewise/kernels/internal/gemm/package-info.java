/**
 * The micro-kernels of matrix products, the order in which they read their operands, and the sizes of tiles and blocks: what
 * {@link lanewise.kernels.gemm} and the convolutions have in common. Not exported.
 */
package lanewise.kernels.internal.gemm;
