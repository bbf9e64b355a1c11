/**
 * The oracle: one class for each class of kernels, which says in readable double precision what the kernel computes, how
 * far its float result may be from that, and for which inputs. No vectors, no unrolling, no cleverness: this is the
 * definition, and the tests and documents of the kernels take their bounds from here.
 *
 * <p>
 * A product of two floats is exact in double and a double sum errs by 2⁻⁵³ per term, so the oracle's own error is
 * negligible beside the bounds (2⁻²⁴ per operation).
 */
package lanewise.testing.reference;
