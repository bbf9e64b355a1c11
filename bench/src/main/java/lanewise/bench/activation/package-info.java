/** JMH benchmarks of activation functions. */
package lanewise.bench.activation;
