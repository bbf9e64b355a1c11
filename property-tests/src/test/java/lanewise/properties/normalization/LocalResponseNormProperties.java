package lanewise.properties.normalization;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.normalization.LocalResponseNorm;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.reference.LocalResponseNormReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of local response normalization. */
class LocalResponseNormProperties {

    private static final float ALPHA = 0.5f;
    private static final float BETA = 0.75f;
    private static final float K = 2;
    private static final Workers WORKERS = Workers.of(2);

    /** The operands and results of both passes. */
    private record Case(int n, int c, int spatial, int size, GuardedArray x, GuardedArray dy, GuardedArray y,
            GuardedArray scale, GuardedArray dx) {

        static Case of(int n, int c, int spatial, int size, long seed) {
            Filling filling = new Filling(Filling.Kind.UNIT, seed);
            GuardedArray[] a = new GuardedArray[5];
            for (int i = 0; i < a.length; i++) {
                a[i] = GuardedArray.vector(n * c * spatial, i, 3).fill(filling.operand(i).values(n * c * spatial));
            }
            return new Case(n, c, spatial, size, a[0], a[1], a[2], a[3], a[4]);
        }

        void run(Workers workers, boolean accumulate) {
            LocalResponseNorm.forward(workers, n, c, spatial, size, ALPHA, BETA, K, x.array(), x.offset(), y.array(),
                    y.offset(), scale.array(), scale.offset());
            LocalResponseNorm.backward(workers, n, c, spatial, size, ALPHA, BETA, x.array(), x.offset(), y.array(),
                    y.offset(), scale.array(), scale.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(),
                    accumulate);
        }

        /** All channels of one place. */
        double[] place(GuardedArray a, int image, int s) {
            return IntStream.range(0, c).mapToDouble(channel -> a.get((image * c + channel) * spatial + s)).toArray();
        }
    }

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Property(tries = 150)
    void resultsAreWithinTheirBounds(@ForAll @IntRange(min = 1, max = 3) int n,
            @ForAll @IntRange(min = 1, max = 9) int c,
            @ForAll @IntRange(min = 1, max = 40) int spatial, @ForAll @IntRange(min = 1, max = 7) int size,
            @ForAll long seed, @ForAll boolean accumulate) {
        Case before = Case.of(n, c, spatial, size, seed);
        Case now = Case.of(n, c, spatial, size, seed);
        now.run(WORKERS, accumulate);
        for (int image = 0; image < n; image++) {
            for (int s = 0; s < spatial; s++) {
                double[] x = now.place(now.x, image, s);
                double[] dy = now.place(now.dy, image, s);
                double[] old = accumulate ? now.place(before.dx, image, s) : new double[c];
                double[] scales = LocalResponseNormReference.scales(size, ALPHA, K, x);
                double[] y = LocalResponseNormReference.value(size, ALPHA, BETA, K, x);
                double[] dx = LocalResponseNormReference.gradient(size, ALPHA, BETA, K, x, dy);
                double[] bound = LocalResponseNormReference.gradientBound(size, ALPHA, BETA, K, x, dy);
                for (int channel = 0; channel < c; channel++) {
                    int at = (image * c + channel) * spatial + s;
                    Bounds.check("scale", scales[channel], Bounds.gamma(size + 3) * scales[channel], now.scale.get(at));
                    Bounds.check("y", y[channel], LocalResponseNormReference.relative(size, BETA, scales[channel])
                            * Math.abs(y[channel]) + Bounds.UNDERFLOW, now.y.get(at));
                    Bounds.check("dx", dx[channel] + old[channel],
                            2 * Bounds.accumulated(bound[channel], dx[channel], old[channel]), now.dx.get(at));
                }
            }
        }
        for (GuardedArray written : new GuardedArray[]{now.y, now.scale, now.dx}) {
            written.checkSentinels("results");
        }
    }

    @Property(tries = 30)
    void gradientIsThatOfTheReference(@ForAll @IntRange(min = 1, max = 6) int c,
            @ForAll @IntRange(min = 1, max = 5) int size, @ForAll long seed) {
        GradientCheck.of(v -> {
            double[] y = LocalResponseNormReference.value(size, ALPHA, BETA, K, v[0]);
            return IntStream.range(0, c).mapToDouble(i -> y[i] * v[1][i]).sum();
        }, v -> {
            float[] y = new float[c];
            float[] scale = new float[c];
            float[] dx = new float[c];
            LocalResponseNorm.forward(WORKERS, 1, c, 1, size, ALPHA, BETA, K, v[0], 0, y, 0, scale, 0);
            LocalResponseNorm.backward(WORKERS, 1, c, 1, size, ALPHA, BETA, v[0], 0, y, 0, scale, 0, v[1], 0, dx, 0,
                    false);
            return new float[][]{dx, y};
        }).variable("x", c).variable("dy", c).seed(seed).assertCorrect();
    }

    @Property(tries = 5)
    void doesNotDependOnThreads(@ForAll @IntRange(min = 1, max = 2000) int spatial, @ForAll long seed) {
        Case single = Case.of(2, 5, spatial, 3, seed);
        try (Workers workers = Workers.single()) {
            single.run(workers, false);
        }
        for (int threads : new int[]{2, 3, 7}) {
            Case other = Case.of(2, 5, spatial, 3, seed);
            try (Workers workers = Workers.of(threads)) {
                other.run(workers, false);
            }
            Bits.check("y", single.y.values(), other.y.values());
            Bits.check("dx", single.dx.values(), other.dx.values());
        }
    }
}
