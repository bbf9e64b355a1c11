package lanewise.properties.reduction;

import java.util.Random;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.reduction.TopK;
import lanewise.testing.Bits;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.reference.TopKReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of {@link TopK}. */
class TopKProperties {

    /** Few values, so that there are equal ones; or many, or special ones. */
    @Property(tries = 400)
    void elementsAndColumnsAreThoseOfTheReference(@ForAll @IntRange(max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 300) int cols, @ForAll boolean largest, @ForAll boolean fewValues,
            @ForAll("fillings") Filling filling, @ForAll @IntRange(min = 1, max = 3) int threads) {
        Random random = new Random(filling.seed());
        int k = random.nextInt(cols + 1);
        GuardedArray x = GuardedArray.vector(rows * cols, 2, 1);
        if (fewValues) {
            for (int i = 0; i < rows * cols; i++) {
                x.set(i, random.nextInt(5));
            }
        } else {
            x.fill(filling.values(rows * cols));
        }
        GuardedArray y = GuardedArray.vector(rows * k, 3, 2);
        int[] index = new int[rows * k];
        try (Workers workers = Workers.of(threads)) {
            TopK.forward(workers, rows, cols, k, largest, x.array(), x.offset(), y.array(), y.offset(), index, 0);
        }
        for (int row = 0; row < rows; row++) {
            int from = row * cols;
            int[] columns = TopKReference.columns(k, largest,
                    IntStream.range(from, from + cols).mapToDouble(x::get).toArray());
            for (int i = 0; i < k; i++) {
                int at = row * k + i;
                if (index[at] != columns[i]) {
                    throw new AssertionError("index[" + at + "] = " + index[at] + ", need " + columns[i]);
                }
                Bits.check("y[" + at + "]", new float[]{x.get(from + columns[i])}, new float[]{y.get(at)});
            }
        }
        y.checkSentinels("y");
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE, Kind.FINITE, Kind.SPECIAL);
    }
}
