/** Whole training steps: forward, backward and the optimizer's update. */
package lanewise.bench.training;
