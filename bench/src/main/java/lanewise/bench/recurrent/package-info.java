/** JMH benchmarks of recurrent networks. */
package lanewise.bench.recurrent;
