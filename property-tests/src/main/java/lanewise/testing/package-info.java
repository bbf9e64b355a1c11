/**
 * The oracle and the tests of Lanewise, as an artifact: what a kernel means, in readable double precision and with its
 * error bound ({@link lanewise.testing.reference}); inputs that find bugs ({@link lanewise.testing.arbitrary}); what
 * every kernel must keep, as interfaces whose default methods are properties ({@link lanewise.testing.contract}); the
 * gradient checker; and tests that run again as other machines ({@link lanewise.testing.matrix}).
 *
 * <p>
 * All of it works on a user's own kernels and layers as it does on ours.
 */
package lanewise.testing;
