/** JMH benchmarks of random numbers. */
package lanewise.bench.random;
