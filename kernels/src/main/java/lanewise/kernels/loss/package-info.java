/**
 * Loss functions: one number from outputs and targets, and its gradient with respect to the outputs.
 *
 * <p>
 * Each loss has a factor {@code scale}, so that sum and mean are the same kernel: 1 for the sum, 1 / batch size for the
 * mean over a batch. The forward kernel computes the terms of a block of 4 Ki elements into scratch memory and sums them
 * there by 32 running sums and a fixed tree; the sums of the blocks are added in their order in double precision. So the
 * bits of a loss depend on neither width nor threads, and its relative error does not grow with the number of elements.
 *
 * <p>
 * A loss of probabilities takes logits, not probabilities: it can then compute log(1 - p) where p rounds to 1.
 */
package lanewise.kernels.loss;
