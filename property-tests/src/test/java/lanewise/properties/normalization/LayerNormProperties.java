package lanewise.properties.normalization;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.normalization.LayerNorm;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.reference.LayerNormReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of layer normalization. */
class LayerNormProperties {

    private static final float EPSILON = 1e-5f;
    private static final Workers WORKERS = Workers.of(2);

    /** The operands and results of both passes. */
    private record Case(int rows, int n, GuardedArray x, GuardedArray gamma, GuardedArray beta, GuardedArray dy,
            GuardedArray y, GuardedArray dx, GuardedArray dGamma, GuardedArray dBeta, GuardedArray statistics) {

        static Case of(int rows, int n, Layout layout, Filling filling) {
            GuardedArray[] a = new GuardedArray[9];
            int[] sizes = {rows * n, n, n, rows * n, rows * n, rows * n, n, n, 3 * rows};
            for (int i = 0; i < a.length; i++) {
                a[i] = new Layout(layout.padding(), layout.before() + i, layout.after()).matrix(1, sizes[i])
                        .fill(filling.operand(i).values(sizes[i]));
            }
            return new Case(rows, n, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]);
        }

        void run(Workers workers, boolean accumulate) {
            LayerNorm.forward(workers, rows, n, EPSILON, x.array(), x.offset(), gamma.array(), gamma.offset(),
                    beta.array(), beta.offset(), y.array(), y.offset(), statistics.array(), statistics.offset());
            LayerNorm.backward(workers, rows, n, x.array(), x.offset(), gamma.array(), gamma.offset(),
                    statistics.array(), statistics.offset(),
                    dy.array(), dy.offset(), dx.array(), dx.offset(), accumulate, dGamma.array(), dGamma.offset(),
                    accumulate, dBeta.array(), dBeta.offset(), accumulate);
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
    void isWithinItsBound(@ForAll("rows") int rows, @ForAll("lengths") int n, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        Case before = Case.of(rows, n, layout, filling);
        Case c = Case.of(rows, n, layout, filling);
        c.run(WORKERS, accumulate);
        double[] gamma = c.row(c.gamma, 0);
        double[] beta = c.row(c.beta, 0);
        double[] dGamma = new double[n];
        double[] dGammaBound = new double[n];
        double[] dBeta = new double[n];
        double[] dBetaBound = new double[n];
        for (int i = 0; i < rows; i++) {
            double[] x = c.row(c.x, i);
            double[] dy = c.row(c.dy, i);
            double[] g = IntStream.range(0, n).mapToDouble(j -> dy[j] * gamma[j]).toArray();
            check("y", i, LayerNormReference.value(EPSILON, x, gamma, beta),
                    LayerNormReference.bound(EPSILON, x, gamma, beta), new double[n], c.row(c.y, i));
            check("dx", i, LayerNormReference.gradient(EPSILON, x, g), LayerNormReference.gradientBound(EPSILON, x, g),
                    accumulate ? c.row(before.dx, i) : new double[n], c.row(c.dx, i));
            double[] z = LayerNormReference.normalized(EPSILON, x);
            double[] ez = LayerNormReference.normalizedBound(EPSILON, x);
            for (int j = 0; j < n; j++) {
                dGamma[j] += dy[j] * z[j];
                dGammaBound[j] += LayerNormReference.gammaBound(rows + 1, new double[]{dy[j]}, new double[]{z[j]},
                        new double[]{ez[j]});
                dBeta[j] += dy[j];
                dBetaBound[j] += Bounds.gamma(rows + 1) * Math.abs(dy[j]);
            }
        }
        check("dGamma", 0, dGamma, dGammaBound, accumulate ? c.row(before.dGamma, 0) : new double[n],
                c.row(c.dGamma, 0));
        check("dBeta", 0, dBeta, dBetaBound, accumulate ? c.row(before.dBeta, 0) : new double[n], c.row(c.dBeta, 0));
        for (GuardedArray written : new GuardedArray[]{c.y, c.dx, c.dGamma, c.dBeta, c.statistics}) {
            written.checkSentinels("results");
        }
        Bits.check("x", before.x.array(), c.x.array());
        Bits.check("gamma", before.gamma.array(), c.gamma.array());
        Bits.check("beta", before.beta.array(), c.beta.array());
        Bits.check("dy", before.dy.array(), c.dy.array());
    }

    /** The bits are the same for every number of threads, and for a row alone. */
    @Property(tries = 10)
    void dependsNeitherOnThreadsNorOnNeighbours(@ForAll("lengths") int n, @ForAll("fillings") Filling filling) {
        int rows = 3 + 40_000 / n;
        Case single = Case.of(rows, n, Layout.TIGHT, filling);
        try (Workers workers = Workers.single()) {
            single.run(workers, false);
        }
        for (int threads : new int[]{2, 3, 7}) {
            Case other = Case.of(rows, n, Layout.TIGHT, filling);
            try (Workers workers = Workers.of(threads)) {
                other.run(workers, false);
            }
            Bits.check("y", single.y.values(), other.y.values());
            Bits.check("dx", single.dx.values(), other.dx.values());
            Bits.check("dGamma", single.dGamma.values(), other.dGamma.values());
            Bits.check("dBeta", single.dBeta.values(), other.dBeta.values());
        }
        float[] alone = new float[n];
        LayerNorm.forward(WORKERS, 1, n, EPSILON, single.x.array(), single.x.offset() + (rows - 1) * n,
                single.gamma.array(), single.gamma.offset(), single.beta.array(), single.beta.offset(), alone, 0,
                new float[3], 0);
        Bits.check("the last row alone", Arrays.copyOfRange(single.y.values(), (rows - 1) * n, rows * n), alone);
    }

    /** A mean of ten thousand deviations of a hundredth: the difference to the rounded mean alone would be wrong by 6 %. */
    @Example
    void aLargeMeanCostsNoDigitsOfASmallDeviation() {
        int n = 4097;
        float[] x = new float[n];
        Filling noise = new Filling(Filling.Kind.UNIT, 1);
        float[] unit = noise.values(n);
        for (int j = 0; j < n; j++) {
            x[j] = 10_000 + 0.01f * unit[j];
        }
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        float[] y = new float[n];
        LayerNorm.forward(WORKERS, 1, n, 1e-12f, x, 0, ones, 0, new float[n], 0, y, 0, new float[3], 0);
        double[] exact = LayerNormReference.normalized(1e-12f, IntStream.range(0, n).mapToDouble(j -> x[j]).toArray());
        for (int j = 0; j < n; j++) {
            Bounds.check("y[" + j + "]", exact[j], 1e-4, y[j]);
        }
    }

    /** The first elements are far from the others: differences to their mean would cost digits. */
    @Example
    void firstElementsUnlikeTheOthersCostNoDigits() {
        int n = 9000;
        float[] x = new Filling(Filling.Kind.UNIT, 1).values(n);
        Arrays.fill(x, 0, 8, 1000);
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        float[] y = new float[n];
        LayerNorm.forward(WORKERS, 1, n, EPSILON, x, 0, ones, 0, new float[n], 0, y, 0, new float[3], 0);
        double[] exact = LayerNormReference.normalized(EPSILON, IntStream.range(0, n).mapToDouble(j -> x[j]).toArray());
        for (int j = 0; j < n; j++) {
            Bounds.check("y[" + j + "]", exact[j], 4e-7 * (1 + Math.abs(exact[j])), y[j]);
        }
    }

    @Provide
    Arbitrary<Integer> rows() {
        return Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.integers().between(1, 6)),
                Tuple.of(1, Arbitraries.integers().between(30, 70)));
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(1, 150)),
                Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }

    @Provide
    Arbitrary<Layout> layouts() {
        return Layout.any();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }

    private static void check(String what, int row, double[] exact, double[] bound, double[] old, double... actual) {
        for (int j = 0; j < exact.length; j++) {
            Bounds.check(what + "[" + row + "][" + j + "]", exact[j] + old[j],
                    Bounds.accumulated(bound[j], exact[j], old[j]) + Bounds.UNDERFLOW, (float) actual[j]);
        }
    }
}
