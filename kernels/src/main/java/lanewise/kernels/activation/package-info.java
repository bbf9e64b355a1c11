/** Activation functions. */
package lanewise.kernels.activation;
