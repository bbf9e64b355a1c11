/** JMH benchmarks of losses. */
package lanewise.bench.loss;
