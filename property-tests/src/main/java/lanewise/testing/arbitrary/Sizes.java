package lanewise.testing.arbitrary;

import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.IntegerArbitrary;

/**
 * Sizes at which vector code fails: around one, a vector of every width, the 32 running sums of a reduction, a tile and a
 * task, each minus one, exact and plus one. They shrink towards zero.
 */
public final class Sizes {

    // Vectors of 2 to 16 lanes, multiples of them, 32 virtual lanes, and the chunks that threads take.
    private static final int[] EDGES = {0, 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 4096, 8192, 16384,
            32768, 65536};

    private Sizes() {}

    /**
     * Sizes of vectors.
     *
     * @param max the largest
     * @return the arbitrary
     */
    public static Arbitrary<Integer> upTo(int max) {
        IntegerArbitrary any = Arbitraries.integers().between(0, max).shrinkTowards(0);
        return Arbitraries.frequencyOf(Tuple.of(3, around(max)), Tuple.of(2, any));
    }

    /**
     * Offsets and paddings: mostly none or few.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Integer> padding() {
        return Arbitraries.integers().between(0, 35).shrinkTowards(0);
    }

    private static Arbitrary<Integer> around(int max) {
        TreeSet<Integer> sizes = new TreeSet<>();
        for (int edge : EDGES) {
            for (int size = Math.max(0, edge - 1); size <= edge + 1 && size <= max; size++) {
                sizes.add(size);
            }
        }
        return Arbitraries.of(sizes);
    }
}
