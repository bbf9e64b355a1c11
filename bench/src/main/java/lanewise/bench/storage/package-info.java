/** Benchmarks of {@code lanewise.kernels.storage}. */
package lanewise.bench.storage;
