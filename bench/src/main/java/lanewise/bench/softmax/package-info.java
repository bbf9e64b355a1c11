/** JMH benchmarks of softmax and its logarithms. */
package lanewise.bench.softmax;
