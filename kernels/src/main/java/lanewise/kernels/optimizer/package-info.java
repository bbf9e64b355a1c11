/** Updates of parameters. */
package lanewise.kernels.optimizer;
