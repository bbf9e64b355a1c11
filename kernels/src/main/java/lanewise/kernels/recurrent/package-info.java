/** Recurrent networks: whole sequences, forward and backward through time. */
package lanewise.kernels.recurrent;
