/** Counter-based random numbers. */
package lanewise.kernels.random;
