package lanewise.properties.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lanewise.kernels.Workers;
import lanewise.kernels.random.Dropout;
import lanewise.kernels.random.Philox;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.reference.DropoutReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;

/** Properties of dropout. */
class DropoutProperties {

    /** Each element is 0 or scaled as the stream's uniform numbers say, forward and backward alike. */
    @Property(tries = 200)
    void dropsWhatTheStreamSays(@ForAll @IntRange(max = 600) int n, @ForAll long seed, @ForAll long stream,
            @ForAll @FloatRange(min = 0, max = 1) float probability, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        float[] u = new float[n];
        Philox.uniform(seed, stream, n, 0, 1, u, 0);
        GuardedArray x = layout.matrix(1, n).fill(filling.values(n));
        GuardedArray before = x.copy();
        GuardedArray y = layout.matrix(1, n).fill(Float.NaN);
        GuardedArray old = layout.matrix(1, n).fill(filling.operand(1).values(n));
        GuardedArray dx = old.copy();
        try (Workers workers = Workers.single()) {
            Dropout.forward(workers, n, seed, stream, probability, x.array(), x.offset(), y.array(), y.offset());
            Dropout.backward(workers, n, seed, stream, probability, x.array(), x.offset(), dx.array(), dx.offset(),
                    accumulate);
        }
        for (int i = 0; i < n; i++) {
            double exact = DropoutReference.value(probability, u[i], x.get(i));
            double bound = DropoutReference.bound(probability, u[i], x.get(i));
            Bounds.check("y[" + i + "]", exact, bound, y.get(i));
            double term = accumulate ? old.get(i) : 0;
            Bounds.check("dx[" + i + "]", exact + term, Bounds.accumulated(bound, exact, term), dx.get(i));
        }
        y.checkSentinels("y");
        dx.checkSentinels("dx");
        Bits.check("x", before.array(), x.array());
    }

    /** The same for every number of threads, and in place. */
    @Property(tries = 5)
    void dependsNeitherOnThreadsNorOnThePlace(@ForAll long seed) {
        int n = 70_001;
        float[] x = new Filling(Filling.Kind.UNIT, 1).values(n);
        float[] single = x.clone();
        try (Workers workers = Workers.single()) {
            Dropout.forward(workers, n, seed, 1, 0.5f, single, 0, single, 0);
        }
        for (int threads : new int[]{2, 3, 7}) {
            float[] y = new float[n];
            try (Workers workers = Workers.of(threads)) {
                Dropout.forward(workers, n, seed, 1, 0.5f, x, 0, y, 0);
            }
            Bits.check("on " + threads + " threads", single, y);
        }
    }

    /** The share of zeros is the probability, within five standard deviations. */
    @Property(tries = 20)
    void dropsTheRightShare(@ForAll long seed, @ForAll @FloatRange(min = 0.01f, max = 0.99f) float probability) {
        int n = 20_000;
        float[] x = new Filling(Filling.Kind.ONES, 1).values(n);
        try (Workers workers = Workers.single()) {
            Dropout.forward(workers, n, seed, 1, probability, x, 0, x, 0);
        }
        int dropped = 0;
        for (float v : x) {
            dropped += v == 0 ? 1 : 0;
        }
        assertEquals(n * probability, dropped, 5 * Math.sqrt(n * probability * (1 - probability)));
    }

    @Provide
    Arbitrary<Layout> layouts() {
        return Layout.any();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }
}
