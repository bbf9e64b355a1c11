/**
 * Tensors, automatic differentiation and modules.
 *
 * <p>
 * A {@link lanewise.nn.Tape} opens {@link lanewise.nn.Step steps}; in a step, operations on {@link lanewise.nn.Tensor
 * tensors} compute at once and are recorded; {@link lanewise.nn.Tensor#backward} walks the record backwards, from the last
 * operation to the first, which is a valid order because operands exist before their results. When the step closes, its
 * memory goes back to the tape. {@link lanewise.nn.Module Modules} hold {@link lanewise.nn.Parameter parameters}, which
 * belong to no step and live on.
 *
 * <p>
 * Memory: the arrays of results and gradients come from the tape's pool. The gradient of a computed tensor exists only
 * from its first contribution until its own operation has passed it on, so backward needs little memory beside that of
 * forward. The objects around the arrays (a tensor and an operation per call) are small, short-lived and left to the
 * garbage collector; because they are never used twice, a tensor that is used after its step has closed is always caught.
 *
 * <p>
 * Randomness: nothing here draws from a hidden generator. What needs random numbers takes a {@link lanewise.nn.Generator}
 * or a seed.
 */
package lanewise.nn;
