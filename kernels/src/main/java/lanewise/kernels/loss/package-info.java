/** Loss functions. */
package lanewise.kernels.loss;
