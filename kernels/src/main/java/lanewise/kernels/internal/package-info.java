/** What kernels share and nobody else sees: the hardware, the checks of arguments, vector mathematics. Not exported. */
package lanewise.kernels.internal;
