/** Benchmarks of {@code lanewise.kernels.embedding}. */
package lanewise.bench.embedding;
