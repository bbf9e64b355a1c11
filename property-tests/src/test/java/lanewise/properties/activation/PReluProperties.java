package lanewise.properties.activation;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.PRelu;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.reference.PReluReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Properties of the rectifier with a slope that is learned. */
class PReluProperties {

    private static Workers workers;

    @BeforeContainer
    static void open() {
        workers = Workers.of(2);
    }

    /** The operands and results of both passes. */
    private record Case(int outer, int c, int inner, GuardedArray x, GuardedArray slope, GuardedArray dy,
            GuardedArray y, GuardedArray dx, GuardedArray dSlope) {

        static Case of(int outer, int c, int inner, Filling filling) {
            int all = outer * c * inner;
            int[] sizes = {all, c, all, all, all, c};
            GuardedArray[] a = new GuardedArray[sizes.length];
            for (int i = 0; i < a.length; i++) {
                a[i] = GuardedArray.vector(sizes[i], i, 3).fill(filling.operand(i).values(sizes[i]));
            }
            return new Case(outer, c, inner, a[0], a[1], a[2], a[3], a[4], a[5]);
        }

        void run(Workers workers, boolean accumulate) {
            PRelu.forward(workers, outer, c, inner, x.array(), x.offset(), slope.array(), slope.offset(), y.array(),
                    y.offset());
            PRelu.backward(workers, outer, c, inner, x.array(), x.offset(), slope.array(), slope.offset(), dy.array(),
                    dy.offset(), dx.array(), dx.offset(), accumulate, dSlope.array(), dSlope.offset(), accumulate);
        }
    }

    @AfterContainer
    static void close() {
        workers.close();
    }

    /** All results are within their bounds, and nothing else is written. */
    @Property(tries = 300)
    void isWithinItsBound(@ForAll @IntRange(max = 5) int outer, @ForAll @IntRange(min = 1, max = 6) int c,
            @ForAll("lengths") int inner, @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        Case before = Case.of(outer, c, inner, filling);
        Case after = Case.of(outer, c, inner, filling);
        after.run(workers, accumulate);
        double[] dSlope = new double[c];
        double[] magnitude = new double[c];
        for (int i = 0; i < outer * c * inner; i++) {
            int channel = i / inner % c;
            double x = after.x.get(i);
            double dy = after.dy.get(i);
            double slope = after.slope.get(channel);
            double y = PReluReference.value(slope, x);
            double dx = PReluReference.gradient(slope, x, dy);
            double old = accumulate ? before.dx.get(i) : 0;
            Bounds.check("y[" + i + "]", y, Bounds.ulp(y) / 2, after.y.get(i));
            Bounds.check("dx[" + i + "]", dx + old, Bounds.accumulated(Bounds.ulp(dx) / 2, dx, old), after.dx.get(i));
            dSlope[channel] += PReluReference.slopeTerm(x, dy);
            magnitude[channel] += Math.abs(PReluReference.slopeTerm(x, dy));
        }
        for (int j = 0; j < c; j++) {
            double old = accumulate ? before.dSlope.get(j) : 0;
            Bounds.check("dSlope[" + j + "]", dSlope[j] + old, Bounds.accumulated(
                    PReluReference.slopeBound(outer * inner, magnitude[j]), dSlope[j], old), after.dSlope.get(j));
        }
        for (GuardedArray written : new GuardedArray[]{after.y, after.dx, after.dSlope}) {
            written.checkSentinels("results");
        }
        Bits.check("x", before.x.array(), after.x.array());
        Bits.check("dy", before.dy.array(), after.dy.array());
    }

    /** The bits are the same for every number of threads. */
    @Property(tries = 10)
    void dependsNotOnThreads(@ForAll("lengths") int inner, @ForAll("fillings") Filling filling) {
        int outer = 3 + 40_000 / (inner + 1);
        Case single = Case.of(outer, 2, inner, filling);
        try (Workers workers = Workers.single()) {
            single.run(workers, false);
        }
        for (int threads : new int[]{2, 3, 7}) {
            Case other = Case.of(outer, 2, inner, filling);
            try (Workers workers = Workers.of(threads)) {
                other.run(workers, false);
            }
            Bits.check("y", single.y.values(), other.y.values());
            Bits.check("dx", single.dx.values(), other.dx.values());
            Bits.check("dSlope", single.dSlope.values(), other.dSlope.values());
        }
    }

    /** Arguments are away from the kink at 0. */
    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 3) int c,
            @ForAll @IntRange(min = 1, max = 4) int inner, @ForAll long seed) {
        int n = 2 * c * inner;
        GradientCheck.of(v -> IntStream.range(0, n).mapToDouble(
                i -> v[2][i] * PReluReference.value(v[1][i / inner % c], away(i, v[0][i]))).sum(), v -> {
                    float[] x = new float[n];
                    for (int i = 0; i < n; i++) {
                        x[i] = (float) away(i, v[0][i]);
                    }
                    float[] y = new float[n];
                    float[] dx = new float[n];
                    float[] dSlope = new float[c];
                    PRelu.forward(workers, 2, c, inner, x, 0, v[1], 0, y, 0);
                    PRelu.backward(workers, 2, c, inner, x, 0, v[1], 0, v[2], 0, dx, 0, false, dSlope, 0, false);
                    for (int i = 0; i < n; i++) {
                        dx[i] *= x[i] - (i % 2 == 0 ? 0.5f : -0.5f);
                    }
                    return new float[][]{dx, dSlope, y};
                }).variable("x", n).variable("slope", c).variable("dy", n).seed(seed).assertCorrect();
    }

    private static double away(int i, double v) {
        return i % 2 == 0 ? 0.5 + Math.exp(v) : -0.5 - Math.exp(v);
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(0, 150)),
                Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }
}
