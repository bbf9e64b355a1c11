/** Convolutions: workloads, and how Lanewise and plain loops compute them. */
package lanewise.bench.convolution;
