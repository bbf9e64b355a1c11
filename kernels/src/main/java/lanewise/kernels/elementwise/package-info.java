/** Arithmetic of arrays, element by element. */
package lanewise.kernels.elementwise;
