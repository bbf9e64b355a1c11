package lanewise.kernels.pooling;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * How a row is taken apart into its even and its odd elements, two vectors at a time: one element in a pair of each vector
 * is moved to its neighbour's place, a blend makes one vector of the two, and after all has been computed one shuffle puts
 * the results in order. That is one shuffle for a vector of results instead of two for each operand.
 *
 * <pre>
 * low  = a0 b0 a1 b1        even: low,       high &lt;&lt; 32 in odd lanes = a0 a2 a1 a3
 * high = a2 b2 a3 b3        odd:  low &gt;&gt; 32, high in odd lanes       = b0 b2 b1 b3
 * </pre>
 */
final class Stride2 {

    /** The odd lanes. */
    static final VectorMask<Float> ODD = VectorMask.fromLong(Lanes.FLOATS, 0xAAAA & (1L << Lanes.LANES) - 1);

    private Stride2() {}

    /** Puts in order what was computed from interleaved halves. */
    static <E> VectorShuffle<E> inOrder(VectorSpecies<E> species) {
        int half = species.length() / 2;
        return VectorShuffle.fromOp(species, i -> i < half ? 2 * i : 2 * (i - half) + 1);
    }

    /** Its inverse, with which two rows are put together again: what is even and what is odd, moved and blended. */
    static <E> VectorShuffle<E> apart(VectorSpecies<E> species) {
        int half = species.length() / 2;
        return VectorShuffle.fromOp(species, i -> i % 2 == 0 ? i / 2 : half + i / 2);
    }
}
