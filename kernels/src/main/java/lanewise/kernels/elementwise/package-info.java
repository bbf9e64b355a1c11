/**
 * Arithmetic of arrays, element by element, without broadcasting. All of it is bound by memory; to compute something in
 * several passes is to pay for each. Up to 16 Ki elements are computed on the caller's thread; more are cut into chunks
 * of 8 Ki, whatever the number of threads.
 */
package lanewise.kernels.elementwise;
