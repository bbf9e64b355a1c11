/** What this machine can do, in the terms in which kernels are measured: width, multiply-adds, bandwidth. */
package lanewise.kernels.diagnostics;
