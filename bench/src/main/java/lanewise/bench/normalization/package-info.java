/** JMH benchmarks of normalizations. */
package lanewise.bench.normalization;
