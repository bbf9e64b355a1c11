package lanewise.properties.layout;

import java.util.Random;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.layout.GatherElements;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.reference.GatherElementsReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of {@link GatherElements}. */
class GatherElementsProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Property(tries = 200)
    void elementsAreCopied(@ForAll @IntRange(max = 4) int outer, @ForAll @IntRange(min = 1, max = 20) int n,
            @ForAll @IntRange(max = 40) int inner, @ForAll @IntRange(max = 20) int count,
            @ForAll("fillings") Filling filling) {
        GuardedArray x = operand(0, outer * n * inner, filling);
        GuardedArray y = operand(1, outer * count * inner, filling);
        int[] index = index(filling.seed(), outer * count * inner, n);
        GatherElements.forward(WORKERS, outer, n, inner, count, x.array(), x.offset(), index, 0, y.array(), y.offset());
        for (int i = 0; i < y.size(); i++) {
            Bits.check("y[" + i + "]",
                    new float[]{x.get(GatherElementsReference.source(n, inner, count, index, i))},
                    new float[]{y.get(i)});
        }
        y.checkSentinels("y");
    }

    @Property(tries = 200)
    void gradientsAreWithinTheirBounds(@ForAll @IntRange(max = 4) int outer, @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(max = 40) int inner, @ForAll @IntRange(max = 40) int count,
            @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        GuardedArray dy = operand(0, outer * count * inner, filling);
        GuardedArray dx = operand(1, outer * n * inner, filling);
        int[] index = index(filling.seed(), outer * count * inner, n);
        double[] before = accumulate ? doubles(dx) : new double[dx.size()];
        double[] exact = GatherElementsReference.backward(n, inner, count, doubles(dy), index, before);
        double[] bound = GatherElementsReference.backwardBound(n, inner, count, doubles(dy), index, before);
        GatherElements.backward(WORKERS, outer, n, inner, count, dy.array(), dy.offset(), index, 0, dx.array(),
                dx.offset(), accumulate);
        for (int i = 0; i < exact.length; i++) {
            Bounds.check("dx[" + i + "]", exact[i], bound[i], dx.get(i));
        }
        dx.checkSentinels("dx");
    }

    /** Sizes that are cut into tasks by blocks, and by rows of a block. */
    @Property(tries = 10)
    void dependsNotOnThreads(@ForAll boolean isWide, @ForAll("fillings") Filling filling) {
        int outer = isWide ? 2 : 300;
        int inner = isWide ? 2500 : 7;
        int n = 11;
        int count = 13;
        GuardedArray x = operand(0, outer * n * inner, filling);
        GuardedArray dy = operand(1, outer * count * inner, filling);
        int[] index = index(filling.seed(), outer * count * inner, n);
        float[] y = new float[dy.size()];
        float[] dx = new float[x.size()];
        for (int threads = 1; threads <= 7; threads += 2) {
            float[] otherY = new float[y.length];
            float[] otherDx = new float[dx.length];
            try (Workers workers = Workers.of(threads)) {
                GatherElements.forward(workers, outer, n, inner, count, x.array(), x.offset(), index, 0, otherY, 0);
                GatherElements.backward(workers, outer, n, inner, count, dy.array(), dy.offset(), index, 0, otherDx, 0,
                        false);
            }
            Bits.check("y", threads == 1 ? otherY : y, otherY);
            Bits.check("dx", threads == 1 ? otherDx : dx, otherDx);
            y = otherY;
            dx = otherDx;
        }
    }

    @Property(tries = 30)
    void gradientIsThatOfTheReference(@ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 3) int inner, @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll long seed) {
        int[] index = index(seed, 2 * count * inner, n);
        GradientCheck.of(v -> {
            double[] y = GatherElementsReference.value(n, inner, count, v[0], index);
            return IntStream.range(0, y.length).mapToDouble(i -> y[i] * v[1][i]).sum();
        }, v -> {
            float[] y = new float[index.length];
            float[] dx = new float[2 * n * inner];
            GatherElements.forward(WORKERS, 2, n, inner, count, v[0], 0, index, 0, y, 0);
            GatherElements.backward(WORKERS, 2, n, inner, count, v[1], 0, index, 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", 2 * n * inner).variable("dy", index.length).seed(seed).assertCorrect();
    }

    private static GuardedArray operand(int number, int size, Filling filling) {
        return GuardedArray.vector(size, number + 1, 3).fill(filling.operand(number).values(size));
    }

    private static int[] index(long seed, int length, int n) {
        Random random = new Random(seed);
        return IntStream.range(0, length).map(i -> random.nextInt(n)).toArray();
    }

    private static double[] doubles(GuardedArray a) {
        return IntStream.range(0, a.size()).mapToDouble(a::get).toArray();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }
}
