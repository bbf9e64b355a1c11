/** JMH benchmarks of optimizers. */
package lanewise.bench.optimizer;
