/** What this machine can do. */
package lanewise.kernels.diagnostics;
