/**
 * The operations of tensors. Each class is one operation: its shape rule and kernel calls in {@code apply}, its gradient
 * beside it in {@code backward}. Not exported: people call the methods of {@link lanewise.nn.Tensor}, and write operations
 * of their own against {@link lanewise.nn.Operation}, which is all that the classes here use.
 */
package lanewise.nn.autograd;
