/**
 * Activation functions: y = f(x) for each element, and the gradient with respect to x.
 *
 * <p>
 * Where y says enough, backward kernels need it and not x, so that a network may overwrite x: sigmoid' = y (1 - y), tanh' =
 * 1 - y<sup>2</sup>, and the rectifier passes the gradient where y &gt; 0. The others need x. An infinite gradient times a
 * slope that underflows to 0 is NaN. A product can apply an activation to its result while that is in cache (see
 * {@link lanewise.kernels.gemm.Epilogue}); {@link lanewise.kernels.activation.Activation} names which.
 *
 * <p>
 * Up to 16 Ki elements are computed on the caller's thread; more are cut into chunks of 8 Ki, whatever the number of
 * threads; what needs exp or its kin, from 4 Ki on, into chunks of 2 Ki. What is made of exp takes two passes or more over blocks of 1 Ki elements that stay in the first-level cache:
 * for the sigmoid exp, then a quotient. C2 would not inline both into one loop together with what users put around them, and the second pass costs a
 * third of the first.
 */
package lanewise.kernels.activation;
