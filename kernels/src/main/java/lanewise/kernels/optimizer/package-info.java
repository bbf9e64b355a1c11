/**
 * Updates of parameters, each in one pass: weights and gradients are read once and weights are written once, since an
 * update does so little arithmetic that memory decides its speed.
 */
package lanewise.kernels.optimizer;
