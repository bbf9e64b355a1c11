package lanewise.properties.normalization;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.normalization.RmsNorm;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Sizes;
import lanewise.testing.reference.RmsNormReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of root mean square normalization. */
class RmsNormProperties {

    private static final float EPSILON = 1e-5f;
    private static final Workers WORKERS = Workers.of(2);

    /** The operands and results of both passes. */
    private record Case(int rows, int n, GuardedArray x, GuardedArray gamma, GuardedArray dy, GuardedArray y,
            GuardedArray inverse, GuardedArray dx, GuardedArray dGamma) {

        static Case of(int rows, int n, Filling filling) {
            int[] sizes = {rows * n, n, rows * n, rows * n, rows, rows * n, n};
            GuardedArray[] a = new GuardedArray[sizes.length];
            for (int i = 0; i < a.length; i++) {
                a[i] = GuardedArray.vector(sizes[i], i, 3).fill(filling.operand(i).values(sizes[i]));
            }
            return new Case(rows, n, a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
        }

        void run(Workers workers, boolean accumulate) {
            RmsNorm.forward(workers, rows, n, EPSILON, x.array(), x.offset(), gamma.array(), gamma.offset(), y.array(),
                    y.offset(), inverse.array(), inverse.offset());
            RmsNorm.backward(workers, rows, n, x.array(), x.offset(), gamma.array(), gamma.offset(), inverse.array(),
                    inverse.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), accumulate, dGamma.array(),
                    dGamma.offset(), accumulate);
        }

        double[] row(GuardedArray a, int i) {
            return IntStream.range(0, n).mapToDouble(j -> a.get(i * n + j)).toArray();
        }
    }

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    /** All results are within their bounds, and nothing else is written. */
    @Property(tries = 300)
    void isWithinItsBound(@ForAll @IntRange(min = 1, max = 40) int rows, @ForAll("lengths") int n,
            @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        Case before = Case.of(rows, n, filling);
        Case c = Case.of(rows, n, filling);
        c.run(WORKERS, accumulate);
        double[] gamma = c.row(c.gamma, 0);
        double[] dGamma = new double[n];
        double[] magnitude = new double[n];
        for (int i = 0; i < rows; i++) {
            double[] x = c.row(c.x, i);
            double[] dy = c.row(c.dy, i);
            double[] g = IntStream.range(0, n).mapToDouble(j -> dy[j] * gamma[j]).toArray();
            double[] y = RmsNormReference.value(EPSILON, x, gamma);
            double[] dx = RmsNormReference.gradient(EPSILON, x, g);
            double[] bound = RmsNormReference.gradientBound(EPSILON, x, g);
            double inverse = RmsNormReference.inverse(EPSILON, x);
            Bounds.check("inverse", inverse, RmsNormReference.bound(inverse), c.inverse.get(i));
            for (int j = 0; j < n; j++) {
                double old = accumulate ? before.dx.get(i * n + j) : 0;
                Bounds.check("y[" + i + "][" + j + "]", y[j], RmsNormReference.bound(y[j]), c.y.get(i * n + j));
                Bounds.check("dx[" + i + "][" + j + "]", dx[j] + old, Bounds.accumulated(bound[j], dx[j], old),
                        c.dx.get(i * n + j));
                dGamma[j] += dy[j] * x[j] * inverse;
                magnitude[j] += Math.abs(dy[j] * x[j] * inverse);
            }
        }
        for (int j = 0; j < n; j++) {
            double old = accumulate ? before.dGamma.get(j) : 0;
            Bounds.check("dGamma[" + j + "]", dGamma[j] + old,
                    Bounds.accumulated(Bounds.gamma(rows + 75) * magnitude[j] + rows * Bounds.UNDERFLOW, dGamma[j],
                            old),
                    c.dGamma.get(j));
        }
        for (GuardedArray written : new GuardedArray[]{c.y, c.inverse, c.dx, c.dGamma}) {
            written.checkSentinels("results");
        }
        Bits.check("x", before.x.array(), c.x.array());
        Bits.check("dy", before.dy.array(), c.dy.array());
    }

    /** The bits are the same for every number of threads, and for a row alone. */
    @Property(tries = 10)
    void dependsNeitherOnThreadsNorOnNeighbours(@ForAll("lengths") int n, @ForAll("fillings") Filling filling) {
        int rows = 3 + 40_000 / n;
        Case single = Case.of(rows, n, filling);
        try (Workers workers = Workers.single()) {
            single.run(workers, false);
        }
        for (int threads : new int[]{2, 3, 7}) {
            Case other = Case.of(rows, n, filling);
            try (Workers workers = Workers.of(threads)) {
                other.run(workers, false);
            }
            Bits.check("y", single.y.values(), other.y.values());
            Bits.check("dx", single.dx.values(), other.dx.values());
            Bits.check("dGamma", single.dGamma.values(), other.dGamma.values());
        }
        float[] alone = new float[n];
        RmsNorm.forward(WORKERS, 1, n, EPSILON, single.x.array(), single.x.offset() + (rows - 1) * n,
                single.gamma.array(), single.gamma.offset(), alone, 0, new float[1], 0);
        Bits.check("the last row alone", Arrays.copyOfRange(single.y.values(), (rows - 1) * n, rows * n), alone);
    }

    @Property(tries = 30)
    void gradientsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 3) int rows,
            @ForAll @IntRange(min = 1, max = 7) int n, @ForAll long seed) {
        double epsilon = 0.1f;
        GradientCheck.of(v -> {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                double[] y = RmsNormReference.value(epsilon, Arrays.copyOfRange(v[0], i * n, (i + 1) * n), v[1]);
                for (int j = 0; j < n; j++) {
                    sum += y[j] * v[2][i * n + j];
                }
            }
            return sum;
        }, v -> {
            float[] y = new float[rows * n];
            float[] dx = new float[rows * n];
            float[] dGamma = new float[n];
            float[] inverse = new float[rows];
            RmsNorm.forward(WORKERS, rows, n, (float) epsilon, v[0], 0, v[1], 0, y, 0, inverse, 0);
            RmsNorm.backward(WORKERS, rows, n, v[0], 0, v[1], 0, inverse, 0, v[2], 0, dx, 0, false, dGamma, 0, false);
            return new float[][]{dx, dGamma, y};
        }).variable("x", rows * n).variable("gamma", n).variable("dy", rows * n).seed(seed).assertCorrect();
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.frequencyOf(Tuple.of(19, Sizes.upTo(150).map(n -> Math.max(1, n))),
                Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }
}
