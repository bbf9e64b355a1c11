package lanewise.properties.normalization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.reference.BatchNormReference;
import lanewise.testing.reference.LayerNormReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of batch normalization. */
class BatchNormProperties {

    private static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.1f;
    private static final Workers WORKERS = Workers.of(2);

    /** The operands and results of all passes. */
    private record Case(int n, int c, int spatial, List<GuardedArray> a) {

        static Case of(int n, int c, int spatial, Layout layout, Filling filling) {
            int all = n * c * spatial;
            int[] sizes = {all, c, c, c, c, all, all, all, c, c, all, 3 * c};
            List<GuardedArray> a = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                float[] values = filling.operand(i).values(sizes[i]);
                for (int j = 0; j < values.length && i == 4; j++) {
                    values[j] = Math.abs(values[j]);
                }
                a.add(new Layout(layout.padding(), layout.before() + i, layout.after()).matrix(1, sizes[i])
                        .fill(values));
            }
            return new Case(n, c, spatial, a);
        }

        void run(Workers workers, boolean accumulate) {
            BatchNorm.inference(workers, n, c, spatial, EPSILON, a.get(0).array(), a.get(0).offset(), a.get(1).array(),
                    a.get(1).offset(), a.get(2).array(), a.get(2).offset(), a.get(3).array(), a.get(3).offset(),
                    a.get(4).array(),
                    a.get(4).offset(), a.get(10).array(), a.get(10).offset());
            BatchNorm.forward(workers, n, c, spatial, EPSILON, MOMENTUM, a.get(0).array(), a.get(0).offset(),
                    a.get(1).array(),
                    a.get(1).offset(), a.get(2).array(), a.get(2).offset(), a.get(3).array(), a.get(3).offset(),
                    a.get(4).array(),
                    a.get(4).offset(), a.get(5).array(), a.get(5).offset(), a.get(11).array(), a.get(11).offset());
            BatchNorm.backward(workers, n, c, spatial, a.get(0).array(), a.get(0).offset(), a.get(1).array(),
                    a.get(1).offset(), a.get(11).array(), a.get(11).offset(), a.get(6).array(), a.get(6).offset(),
                    a.get(7).array(), a.get(7).offset(),
                    accumulate, a.get(8).array(),
                    a.get(8).offset(), accumulate, a.get(9).array(), a.get(9).offset(), accumulate);
        }

        void backwardOfInference(Workers workers, boolean accumulate) {
            BatchNorm.inferenceBackward(workers, n, c, spatial, EPSILON, a.get(0).array(), a.get(0).offset(),
                    a.get(1).array(), a.get(1).offset(), a.get(3).array(), a.get(3).offset(), a.get(4).array(),
                    a.get(4).offset(), a.get(6).array(), a.get(6).offset(), a.get(7).array(), a.get(7).offset(),
                    accumulate, a.get(8).array(), a.get(8).offset(), accumulate, a.get(9).array(), a.get(9).offset(),
                    accumulate);
        }

        double[] channel(GuardedArray x, int channel) {
            return IntStream.range(0, n * spatial)
                    .mapToDouble(i -> x.get((i / spatial * c + channel) * spatial + i % spatial)).toArray();
        }
    }

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    /** All results are within their bounds, and nothing else is written. */
    @Property(tries = 300)
    void isWithinItsBound(@ForAll("few") int n, @ForAll("few") int c, @ForAll("planes") int spatial,
            @ForAll("layouts") Layout layout, @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        Case before = Case.of(n, c, spatial, layout, filling);
        Case now = Case.of(n, c, spatial, layout, filling);
        now.run(WORKERS, accumulate);
        int m = n * spatial;
        for (int channel = 0; channel < c; channel++) {
            double[] x = now.channel(now.a.get(0), channel);
            double gamma = now.a.get(1).get(channel);
            double beta = now.a.get(2).get(channel);
            double[] dy = now.channel(now.a.get(6), channel);
            double[] g = IntStream.range(0, m).mapToDouble(j -> dy[j] * gamma).toArray();
            double[] zero = new double[m];
            double[] gammas = IntStream.range(0, m).mapToDouble(j -> gamma).toArray();
            double[] betas = IntStream.range(0, m).mapToDouble(j -> beta).toArray();
            check("y", LayerNormReference.value(EPSILON, x, gammas, betas),
                    LayerNormReference.bound(EPSILON, x, gammas, betas), zero, now.channel(now.a.get(5), channel));
            check("dx", LayerNormReference.gradient(EPSILON, x, g), LayerNormReference.gradientBound(EPSILON, x, g),
                    accumulate ? before.channel(before.a.get(7), channel) : zero, now.channel(now.a.get(7), channel));
            double[] z = LayerNormReference.normalized(EPSILON, x);
            double[] ez = LayerNormReference.normalizedBound(EPSILON, x);
            double sum = IntStream.range(0, m).mapToDouble(j -> dy[j] * z[j]).sum();
            check("dGamma", new double[]{sum}, new double[]{LayerNormReference.gammaBound(137, dy, z, ez)},
                    new double[]{accumulate ? before.a.get(8).get(channel) : 0}, now.a.get(8).get(channel));
            double absolute = IntStream.range(0, m).mapToDouble(j -> Math.abs(dy[j])).sum();
            check("dBeta", new double[]{IntStream.range(0, m).mapToDouble(j -> dy[j]).sum()},
                    new double[]{Bounds.gamma(137) * absolute},
                    new double[]{accumulate ? before.a.get(9).get(channel) : 0}, now.a.get(9).get(channel));
            statistics(before, now, channel, x);
        }
        for (GuardedArray a : now.a) {
            a.checkSentinels("operands and results");
        }
        for (int i : new int[]{0, 1, 2, 6}) {
            Bits.check("operand " + i, before.a.get(i).array(), now.a.get(i).array());
        }
    }

    private static void statistics(Case before, Case now, int channel, double... x) {
        double mean = before.a.get(3).get(channel);
        double variance = before.a.get(4).get(channel);
        double magnitude = IntStream.range(0, x.length).mapToDouble(j -> Math.abs(x[j])).sum() / x.length;
        Bounds.check("running mean", BatchNormReference.running(MOMENTUM, mean, LayerNormReference.mean(x)),
                Bounds.gamma(140) * magnitude * MOMENTUM + Bounds.gamma(1) * (magnitude + Math.abs(mean)),
                now.a.get(3).get(channel));
        double batch = BatchNormReference.unbiasedVariance(x);
        Bounds.check("running variance", BatchNormReference.running(MOMENTUM, variance, batch),
                MOMENTUM * BatchNormReference.unbiasedVarianceBound(x) + Bounds.gamma(1) * (batch + variance)
                        + Bounds.UNDERFLOW,
                now.a.get(4).get(channel));
        double gamma = before.a.get(1).get(channel);
        double beta = before.a.get(2).get(channel);
        double[] y = now.channel(now.a.get(10), channel);
        for (int j = 0; j < x.length; j++) {
            Bounds.check("y in inference", BatchNormReference.inference(EPSILON, gamma, beta, mean, variance, x[j]),
                    BatchNormReference.inferenceBound(EPSILON, gamma, beta, mean, variance, x[j]), (float) y[j]);
        }
    }

    /** With statistics that are constants: sums and products alone. */
    @Property(tries = 100)
    void gradientsOfInferenceAreWithinTheirBounds(@ForAll("few") int n, @ForAll("few") int c,
            @ForAll("planes") int spatial, @ForAll("layouts") Layout layout, @ForAll("fillings") Filling filling,
            @ForAll boolean accumulate) {
        Case before = Case.of(n, c, spatial, layout, filling);
        Case now = Case.of(n, c, spatial, layout, filling);
        now.backwardOfInference(WORKERS, accumulate);
        int m = n * spatial;
        double[] zero = new double[m];
        for (int channel = 0; channel < c; channel++) {
            double inverse = 1 / Math.sqrt(now.a.get(4).get(channel) + (double) EPSILON);
            double mean = now.a.get(3).get(channel);
            double factor = now.a.get(1).get(channel) * inverse;
            double[] x = now.channel(now.a.get(0), channel);
            double[] dy = now.channel(now.a.get(6), channel);
            double[] dx = IntStream.range(0, m).mapToDouble(j -> dy[j] * factor).toArray();
            double[] terms = IntStream.range(0, m).mapToDouble(j -> dy[j] * (x[j] - mean) * inverse).toArray();
            check("dx", dx, IntStream.range(0, m).mapToDouble(j -> Bounds.gamma(3) * Math.abs(dx[j])).toArray(),
                    accumulate ? before.channel(before.a.get(7), channel) : zero, now.channel(now.a.get(7), channel));
            check("dGamma", new double[]{Arrays.stream(terms).sum()},
                    new double[]{Bounds.gamma(140) * Arrays.stream(terms).map(Math::abs).sum() + m * Bounds.UNDERFLOW},
                    new double[]{accumulate ? before.a.get(8).get(channel) : 0}, now.a.get(8).get(channel));
            check("dBeta", new double[]{Arrays.stream(dy).sum()},
                    new double[]{Bounds.gamma(137) * Arrays.stream(dy).map(Math::abs).sum()},
                    new double[]{accumulate ? before.a.get(9).get(channel) : 0}, now.a.get(9).get(channel));
        }
        for (GuardedArray a : now.a) {
            a.checkSentinels("operands and results");
        }
    }

    @Property(tries = 30)
    void gradientsOfInferenceAreThoseOfTheReference(@ForAll("few") int n, @ForAll("few") int c, @ForAll long seed) {
        int spatial = 3;
        int all = n * c * spatial;
        float[] mean = {0.5f, -1, 2, 0, 1};
        float[] variance = {1, 0.25f, 2, 4, 0.5f};
        GradientCheck.of(v -> IntStream.range(0, all).mapToDouble(i -> {
            int channel = i / spatial % c;
            return v[3][i] * BatchNormReference.inference(EPSILON, v[1][channel], v[2][channel], mean[channel],
                    variance[channel], v[0][i]);
        }).sum(), v -> {
            float[] y = new float[all];
            float[] dx = new float[all];
            float[] dGamma = new float[c];
            float[] dBeta = new float[c];
            BatchNorm.inference(WORKERS, n, c, spatial, EPSILON, v[0], 0, v[1], 0, v[2], 0, mean, 0, variance, 0, y, 0);
            BatchNorm.inferenceBackward(WORKERS, n, c, spatial, EPSILON, v[0], 0, v[1], 0, mean, 0, variance, 0, v[3],
                    0, dx, 0, false, dGamma, 0, false, dBeta, 0, false);
            return new float[][]{dx, dGamma, dBeta, y};
        }).variable("x", all).variable("gamma", c).variable("beta", c).variable("dy", all).seed(seed).assertCorrect();
    }

    /** The bits are the same for every number of threads. */
    @Property(tries = 10)
    void doesNotDependOnThreads(@ForAll("planes") int spatial, @ForAll("fillings") Filling filling) {
        int n = 2 + 6_000 / spatial;
        Case single = Case.of(n, 5, spatial, Layout.TIGHT, filling);
        try (Workers workers = Workers.single()) {
            single.run(workers, false);
        }
        for (int threads : new int[]{2, 3, 7}) {
            Case other = Case.of(n, 5, spatial, Layout.TIGHT, filling);
            try (Workers workers = Workers.of(threads)) {
                other.run(workers, false);
            }
            for (int i = 0; i < other.a.size(); i++) {
                Bits.check("array " + i + " on " + threads + " threads", single.a.get(i).values(),
                        other.a.get(i).values());
            }
        }
    }

    @Provide
    Arbitrary<Integer> few() {
        return Arbitraries.integers().between(1, 5);
    }

    @Provide
    Arbitrary<Integer> planes() {
        return Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(1, 80)),
                Tuple.of(1, Arbitraries.of(1023, 4097)));
    }

    @Provide
    Arbitrary<Layout> layouts() {
        return Layout.any();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }

    private static void check(String what, double[] exact, double[] bound, double[] old, double... actual) {
        for (int j = 0; j < exact.length; j++) {
            Bounds.check(what + "[" + j + "]", exact[j] + old[j],
                    Bounds.accumulated(bound[j], exact[j], old[j]) + Bounds.UNDERFLOW, (float) actual[j]);
        }
    }
}
