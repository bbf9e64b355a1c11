/** Benchmarks of {@code lanewise.kernels.layout}. */
package lanewise.bench.layout;
