package lanewise.properties.layout;

import java.util.Random;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.layout.OneHot;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.OneHotReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of {@link OneHot}. */
class OneHotProperties {

    @Property(tries = 200)
    void rowsHaveOneOne(@ForAll @IntRange(max = 60) int outer, @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @IntRange(max = 40) int inner, @ForAll @IntRange(min = 1, max = 3) int threads,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] index = IntStream.range(0, outer * inner).map(i -> random.nextInt(n)).toArray();
        GuardedArray y = GuardedArray.vector(outer * n * inner, 3, 2);
        try (Workers workers = Workers.of(threads)) {
            OneHot.forward(workers, outer, n, inner, -0.5f, 2f, index, 0, y.array(), y.offset());
        }
        for (int i = 0; i < y.size(); i++) {
            double exact = OneHotReference.value(n, inner, -0.5, 2, index, i);
            if (y.get(i) != exact) {
                throw new AssertionError("y[" + i + "] = " + y.get(i) + ", need " + exact);
            }
        }
        y.checkSentinels("y");
    }
}
