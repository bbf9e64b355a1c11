package lanewise.properties.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.layout.Layout;
import lanewise.kernels.layout.Strided;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.reference.StridedReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of {@link Strided} over views of any order, with gaps and repetitions. */
class StridedProperties {

    private static final int OFFSET = 3;

    /** Two views of the same sizes, which {@code mayRepeat} elements. */
    private record Views(Layout from, Layout to) {

        static Views random(long seed, boolean mayRepeat) {
            Random random = new Random(seed);
            int rank = random.nextInt(5);
            IntUnaryOperator size = axis -> random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(7);
            int[] sizes = IntStream.range(0, rank).map(size).toArray();
            return new Views(view(random, true, sizes), view(random, mayRepeat, sizes));
        }

        /** An array's axes in any order, some with more positions than are seen, some repeated. */
        private static Layout view(Random random, boolean mayRepeat, int... sizes) {
            int[] order = IntStream.range(0, sizes.length).toArray();
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int axis = order[i];
                order[i] = order[j];
                order[j] = axis;
            }
            int gaps = random.nextInt(3);
            int[] stored = new int[sizes.length];
            int[] firsts = new int[sizes.length];
            int[] backwards = new int[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                boolean repeated = mayRepeat && random.nextInt(3) == 0;
                firsts[i] = repeated || gaps > 0 ? 0 : random.nextInt(3);
                stored[i] = repeated ? 1 : sizes[order[i]] + firsts[i];
                backwards[order[i]] = i;
            }
            Layout layout = Layout.of(stored);
            for (int i = 0; i < sizes.length; i++) {
                layout = layout.slice(i, firsts[i], stored[i]);
            }
            return layout.permute(backwards).broadcast(sizes);
        }
    }

    @Property(tries = 1000)
    void copiesGoWhereTheirIndicesSay(@ForAll long seed) {
        Views views = Views.random(seed, false);
        float[] x = values(seed, OFFSET + views.from().span());
        float[] y = values(seed + 1, OFFSET + views.to().span() + OFFSET);
        float[] expected = y.clone();
        int[] read = StridedReference.positions(views.from());
        int[] written = StridedReference.positions(views.to());
        for (int i = 0; i < read.length; i++) {
            expected[OFFSET + written[i]] = x[OFFSET + read[i]];
        }
        try (Workers workers = Workers.of(2)) {
            Strided.copy(workers, views.from(), x, OFFSET, views.to(), y, OFFSET);
        }
        Bits.check(views + ": y", expected, y);
    }

    @Property(tries = 1000)
    void additionsAreWithinTheirBounds(@ForAll long seed) {
        Views views = Views.random(seed, true);
        float[] x = values(seed, OFFSET + views.from().span());
        float[] y = values(seed + 1, OFFSET + views.to().span() + OFFSET);
        double[] before = doubles(y, OFFSET, views.to().span());
        double[] terms = doubles(x, OFFSET, views.from().span());
        double[] exact = StridedReference.add(views.from(), terms, views.to(), before);
        double[] bounds = StridedReference.bounds(views.from(), terms, views.to(), before);
        float[] guards = y.clone();
        try (Workers workers = Workers.of(2)) {
            Strided.add(workers, views.from(), x, OFFSET, views.to(), y, OFFSET);
        }
        for (int i = 0; i < exact.length; i++) {
            Bounds.check(views + ": y[" + i + "]", exact[i], bounds[i], y[OFFSET + i]);
        }
        System.arraycopy(guards, OFFSET, y, OFFSET, views.to().span());
        Bits.check(views + ": guards", guards, y);
    }

    /** ⟨copy(x), dy⟩ = ⟨x, add(dy)⟩ on integers, where both are exact: an addition with the views exchanged is the gradient. */
    @Property(tries = 300)
    void anAdditionIsTheGradientOfACopy(@ForAll long seed) {
        Views views = Views.random(seed, false);
        Random random = new Random(seed);
        float[] x = new float[views.from().span()];
        float[] dy = new float[views.to().span()];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(9) - 4f;
        }
        for (int position : StridedReference.positions(views.to())) {
            dy[position] = random.nextInt(9) - 4f;
        }
        float[] y = new float[dy.length];
        float[] dx = new float[x.length];
        try (Workers workers = Workers.single()) {
            Strided.copy(workers, views.from(), x, 0, views.to(), y, 0);
            Strided.add(workers, views.to(), dy, 0, views.from(), dx, 0);
        }
        assertEquals(dot(y, dy), dot(x, dx));
    }

    @Property(tries = 20)
    void sumsDoNotDependOnTheNumberOfThreads(@ForAll long seed) {
        Layout from = Layout.of(13, 7, 311, 5);
        for (Layout to : new Layout[]{Layout.of(7, 1, 5).broadcast(13, 7, 311, 5),
                Layout.of(5).broadcast(13, 7, 311, 5),
                Layout.of(13, 1, 311, 1).broadcast(13, 7, 311, 5), Layout.of().broadcast(13, 7, 311, 5)}) {
            float[] x = values(seed, from.span());
            float[] single = sums(1, from, x, to);
            for (int threads : new int[]{2, 3, 7}) {
                Bits.check("sums on " + threads + " threads", single, sums(threads, from, x, to));
            }
        }
    }

    private static float[] sums(int threads, Layout from, float[] x, Layout to) {
        float[] y = new float[to.span()];
        try (Workers workers = Workers.of(threads)) {
            Strided.add(workers, from, x, 0, to, y, 0);
        }
        return y;
    }

    private static float[] values(long seed, int n) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static double[] doubles(float[] values, int from, int length) {
        return IntStream.range(from, from + length).mapToDouble(i -> values[i]).toArray();
    }

    private static double dot(float[] a, float[] b) {
        assertEquals(a.length, b.length, () -> Arrays.toString(a));
        return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
    }
}
