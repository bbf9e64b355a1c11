/**
 * Activation functions: y = f(x) for each element, and the gradient with respect to x.
 *
 * <p>
 * The backward kernels need y and not x, so that a network may overwrite x: sigmoid' = y (1 - y), and the rectifier
 * passes the gradient where y &gt; 0. A product can apply an activation to its result while that is in cache (see
 * {@link lanewise.kernels.gemm.Epilogue}); {@link lanewise.kernels.activation.Activation} names which.
 *
 * <p>
 * Up to 16 Ki elements are computed on the caller's thread; more are cut into chunks of 8 Ki, whatever the number of
 * threads. Sigmoid takes two passes over blocks of 1 Ki elements that stay in the first-level cache: exp, then a
 * quotient. C2 would not inline both into one loop together with what users put around them, and the second pass costs a
 * third of the first.
 */
package lanewise.kernels.activation;
