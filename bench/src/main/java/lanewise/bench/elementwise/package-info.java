/** JMH benchmarks of element-wise arithmetic. */
package lanewise.bench.elementwise;
