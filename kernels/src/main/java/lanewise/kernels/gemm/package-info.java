/** General matrix product. */
package lanewise.kernels.gemm;
