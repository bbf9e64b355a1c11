package lanewise.properties.attention;

import static lanewise.properties.Floats.doubles;
import static lanewise.properties.Floats.nan;
import static lanewise.properties.Floats.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.AttentionReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Properties of attention: its results, its gradients, and what does not depend on how it is cut. */
class AttentionProperties {

    /** An attention with its operands. */
    private static final class Problem {

        private final AttentionGeometry g;
        private final float[] q;
        private final float[] k;
        private final float[] v;
        private final float[] bias;

        Problem(AttentionGeometry g, float[] q, float[] k, float[] v, float[] bias) {
            this.g = g;
            this.q = q;
            this.k = k;
            this.v = v;
            this.bias = bias;
        }

        static Problem of(AttentionGeometry g, boolean biased, float range, long seed) {
            return new Problem(g, uniform(seed, range, g.queryLength()), uniform(seed + 1, range, g.keyLength()),
                    uniform(seed + 2, range, g.valueLength()),
                    biased ? uniform(seed + 3, range, (int) g.biasLength()) : null);
        }

        Problem with(float[][] x) {
            return new Problem(g, x[0], x[1], x[2], bias);
        }

        float[][] forward(Workers workers) {
            float[][] results = {nan(g.outputLength()), nan(g.rows())};
            Attention.forward(workers, g, 0, 0, 0, q, 0, k, 0, v, 0, bias, 0, results[0], 0, results[1], 0);
            return results;
        }

        float[][] backward(Workers workers, float[] dy) {
            float[][] y = forward(workers);
            float[][] d = {nan(q.length), nan(k.length), nan(v.length)};
            Attention.backward(workers, g, 0, 0, 0, q, 0, k, 0, v, 0, bias, 0, y[0], 0, y[1], 0, dy, 0, d[0], 0, false,
                    d[1], 0,
                    false, d[2], 0, false);
            return d;
        }
    }

    @Provide
    Arbitrary<AttentionGeometry> any() {
        return geometries(Arbitraries.frequencyOf(Tuple.of(6, between(1, 40)), Tuple.of(1, between(200, 300)),
                Tuple.of(1, between(500, 530))), 20);
    }

    @Provide
    Arbitrary<AttentionGeometry> small() {
        return geometries(between(1, 6), 4);
    }

    private static Arbitrary<AttentionGeometry> geometries(Arbitrary<Integer> tokens, int dims) {
        Arbitrary<Integer> keyHeads = between(1, 2);
        Arbitrary<Integer> groups = between(1, 3);
        Arbitrary<AttentionGeometry> shapes = Combinators
                .combine(between(1, 2), keyHeads, groups, tokens, tokens, between(1, dims), between(1, dims))
                .as((n, heads, group, queries, keys, dim, valueDim) -> AttentionGeometry
                        .of(n, heads * group, queries, keys, dim).keyHeads(heads).valueDim(valueDim));
        Arbitrary<Boolean> booleans = Arbitraries.of(false, true);
        return Combinators.combine(shapes, between(0, 2), between(0, 5), booleans, booleans, booleans)
                .as((shape, mask, first, tokensFirst, ofSequences, ofHeads) -> {
                    AttentionGeometry g = shape.bias(ofSequences, ofHeads);
                    g = mask > 0 ? g.causal(first) : g;
                    g = mask > 1 ? g.window(1 + first * 7) : g;
                    return tokensFirst ? g.tokensFirst() : g;
                });
    }

    private static Arbitrary<Integer> between(int min, int max) {
        return Arbitraries.integers().between(min, max);
    }

    @Property(tries = 100)
    void resultsAreWithinTheirBounds(@ForAll("any") AttentionGeometry g, @ForAll boolean biased, @ForAll long seed) {
        Problem p = Problem.of(g, biased, 3, seed);
        try (Workers workers = Workers.of(1 + (int) (seed & 1))) {
            float[][] results = p.forward(workers);
            AttentionReference exact = AttentionReference.of(g, doubles(p.q), doubles(p.k), doubles(p.v),
                    biased ? doubles(p.bias) : null);
            for (int i = 0; i < results[0].length; i++) {
                Bounds.check("y[" + i + "]", exact.y()[i], exact.yBound()[i], results[0][i]);
            }
            for (int i = 0; i < results[1].length; i++) {
                Bounds.check("logSumExp[" + i + "]", exact.logSumExp()[i], exact.logBound()[i], results[1][i]);
            }
        }
    }

    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll("small") AttentionGeometry g, @ForAll boolean biased,
            @ForAll long seed) {
        Problem p = Problem.of(g, biased, 1, seed);
        float[] dy = uniform(seed + 4, g.outputLength());
        GradientCheck.of(x -> {
            double[] y = AttentionReference.of(g, x[0], x[1], x[2], biased ? doubles(p.bias) : null).y();
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += dy[i] * y[i];
            }
            return sum;
        }, x -> {
            try (Workers workers = Workers.single()) {
                return p.with(x).backward(workers, dy);
            }
        }).variable("q", g.queryLength()).variable("k", g.keyLength()).variable("v", g.valueLength()).roundings(400)
                .seed(seed).assertCorrect();
    }

    /** The same operands in the other layout give the same bits. */
    @Property(tries = 40)
    void theLayoutChangesNoBit(@ForAll("any") AttentionGeometry any, @ForAll long seed) {
        AttentionGeometry headsFirst = AttentionGeometry
                .of(any.n(), any.heads(), any.queries(), any.keys(), any.dim()).keyHeads(any.keyHeads()).causal();
        Problem p = Problem.of(headsFirst, false, 2, seed);
        Problem turned = new Problem(headsFirst.tokensFirst(),
                turned(p.q, any.n(), any.heads(), any.queries(), any.dim()),
                turned(p.k, any.n(), any.keyHeads(), any.keys(), any.dim()),
                turned(p.v, any.n(), any.keyHeads(), any.keys(), any.dim()), null);
        float[] dy = uniform(seed + 4, any.n() * any.heads() * any.queries() * any.dim());
        try (Workers workers = Workers.single()) {
            assertArrayEquals(turned(p.forward(workers)[0], any.n(), any.heads(), any.queries(), any.dim()),
                    turned.forward(workers)[0]);
            float[][] d = p.backward(workers, dy);
            float[][] ofTurned = turned.backward(workers, turned(dy, any.n(), any.heads(), any.queries(), any.dim()));
            assertArrayEquals(turned(d[0], any.n(), any.heads(), any.queries(), any.dim()), ofTurned[0]);
            assertArrayEquals(turned(d[1], any.n(), any.keyHeads(), any.keys(), any.dim()), ofTurned[1]);
        }
    }

    /** Nor do rows that hold q, k and v. */
    @Property(tries = 40)
    void onePackedOperandChangesNoBit(@ForAll("any") AttentionGeometry any, @ForAll boolean accumulate,
            @ForAll long seed) {
        int dim = any.dim();
        int tokens = any.n() * any.queries();
        int[] sizes = {any.heads() * dim, any.keyHeads() * dim, any.keyHeads() * dim};
        AttentionGeometry g = AttentionGeometry.of(any.n(), any.heads(), any.queries(), any.queries(), dim)
                .keyHeads(any.keyHeads()).causal().tokensFirst();
        Problem apart = Problem.of(g, false, 2, seed);
        float[] dy = uniform(seed + 4, g.outputLength());
        float[] packed = new float[3 + tokens * (sizes[0] + 2 * sizes[1])];
        Arrays.fill(packed, 0, 3, Float.NaN);
        int[] starts = {3, 3 + sizes[0], 3 + sizes[0] + sizes[1]};
        scatter(tokens, sizes, apart.q, apart.k, apart.v, packed);
        float[] y = nan(g.outputLength());
        float[] log = nan(g.rows());
        float[] d = accumulate ? packed.clone() : nan(packed.length);
        try (Workers workers = Workers.of(1 + (int) (seed & 1))) {
            Attention.forward(workers, g.packed(), 0, 0, 0, packed, starts[0], packed, starts[1], packed, starts[2],
                    null, 0, y, 0, log, 0);
            Attention.backward(workers, g.packed(), 0, 0, 0, packed, starts[0], packed, starts[1], packed, starts[2],
                    null, 0, y, 0, log, 0, dy, 0, d, starts[0], accumulate, d, starts[1], accumulate, d, starts[2],
                    accumulate);
            float[][] of = {apart.q.clone(), apart.k.clone(), apart.v.clone()};
            float[][] results = apart.forward(workers);
            Attention.backward(workers, g, 0, 0, 0, apart.q, 0, apart.k, 0, apart.v, 0, null, 0, results[0], 0,
                    results[1], 0, dy, 0, of[0], 0, accumulate, of[1], 0, accumulate, of[2], 0, accumulate);
            float[] expected = nan(packed.length);
            scatter(tokens, sizes, of[0], of[1], of[2], expected);
            assertArrayEquals(results[0], y);
            assertArrayEquals(results[1], log);
            assertArrayEquals(expected, d);
        }
    }

    /** Rows of three arrays behind each other, from element 3 on. */
    private static void scatter(int tokens, int[] sizes, float[] q, float[] k, float[] v, float[] packed) {
        float[][] from = {q, k, v};
        int at = 3;
        for (int token = 0; token < tokens; token++) {
            for (int part = 0; part < 3; part++) {
                System.arraycopy(from[part], token * sizes[part], packed, at, sizes[part]);
                at += sizes[part];
            }
        }
    }

    private static float[] turned(float[] x, int n, int heads, int tokens, int dim) {
        float[] y = new float[x.length];
        for (int row = 0; row < n * heads * tokens; row++) {
            int to = (row / tokens / heads * tokens + row % tokens) * heads + row / tokens % heads;
            System.arraycopy(x, row * dim, y, to * dim, dim);
        }
        return y;
    }
}
