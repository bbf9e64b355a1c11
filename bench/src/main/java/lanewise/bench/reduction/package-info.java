/** JMH benchmarks of reductions. */
package lanewise.bench.reduction;
