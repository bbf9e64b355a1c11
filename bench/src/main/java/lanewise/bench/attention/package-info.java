/** JMH benchmarks of attention. */
package lanewise.bench.attention;
