package lanewise.properties.loss;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.loss.NegativeLogLikelihood;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.reference.NegativeLogLikelihoodReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of the negative log-likelihood. */
class NegativeLogLikelihoodProperties {

    private static final int IGNORED = -100;
    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Property(tries = 200)
    void resultsAreWithinTheirBounds(@ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 40) int classes, @ForAll @IntRange(min = 1, max = 40) int spatial,
            @ForAll("smoothings") float smoothing, @ForAll boolean accumulate, @ForAll long seed) {
        Filling filling = new Filling(Filling.Kind.UNIT, seed);
        GuardedArray logP = GuardedArray.vector(n * classes * spatial, 3, 5)
                .fill(filling.values(n * classes * spatial));
        GuardedArray weight = GuardedArray.vector(classes, 2, 1).fill(filling.operand(1).values(classes));
        GuardedArray dLoss = GuardedArray.vector(n * spatial, 1, 1).fill(filling.operand(2).values(n * spatial));
        GuardedArray dLogP = GuardedArray.vector(n * classes * spatial, 4, 2)
                .fill(filling.operand(3).values(n * classes * spatial));
        GuardedArray before = dLogP.copy();
        GuardedArray loss = GuardedArray.vector(n * spatial, 5, 2).fill(Float.NaN);
        int[] label = labels(seed, n * spatial, classes);
        NegativeLogLikelihood.forward(WORKERS, n, classes, spatial, logP.array(), logP.offset(), label, 0,
                weight.array(), weight.offset(), IGNORED, smoothing, loss.array(), loss.offset());
        NegativeLogLikelihood.backward(WORKERS, n, classes, spatial, label, 0, weight.array(), weight.offset(), IGNORED,
                smoothing, dLoss.array(), dLoss.offset(), dLogP.array(), dLogP.offset(), accumulate);
        double[] weights = IntStream.range(0, classes).mapToDouble(weight::get).toArray();
        for (int i = 0; i < n * spatial; i++) {
            int first = i / spatial * classes * spatial + i % spatial;
            double[] row = IntStream.range(0, classes).mapToDouble(c -> logP.get(first + c * spatial)).toArray();
            boolean isIgnored = label[i] == IGNORED;
            Bounds.check("loss[" + i + "]",
                    isIgnored ? 0 : NegativeLogLikelihoodReference.value(row, label[i], weights, smoothing),
                    isIgnored ? 0 : NegativeLogLikelihoodReference.bound(row, label[i], weights, smoothing),
                    loss.get(i));
            for (int c = 0; c < classes; c++) {
                double exact = isIgnored
                        ? 0
                        : dLoss.get(i)
                                * NegativeLogLikelihoodReference.gradient(c, classes, label[i], weights, smoothing);
                double old = accumulate ? before.get(first + c * spatial) : 0;
                Bounds.check("dLogP[" + i + "][" + c + "]", exact + old,
                        Bounds.accumulated(Bounds.gamma(5) * Math.abs(exact) + Bounds.UNDERFLOW, exact, old),
                        dLogP.get(first + c * spatial));
            }
        }
        loss.checkSentinels("loss");
        dLogP.checkSentinels("dLogP");
    }

    @Property(tries = 30)
    void gradientIsThatOfTheReference(@ForAll @IntRange(min = 1, max = 4) int n,
            @ForAll @IntRange(min = 1, max = 5) int classes, @ForAll("smoothings") float smoothing,
            @ForAll long seed) {
        int[] label = IntStream.range(0, n).map(i -> Math.floorMod(i + (int) seed, classes)).toArray();
        float[] ones = new Filling(Filling.Kind.UNIT, seed).values(classes);
        double[] weights = IntStream.range(0, classes).mapToDouble(c -> ones[c]).toArray();
        GradientCheck.of(v -> IntStream.range(0, n)
                .mapToDouble(i -> v[1][i] * NegativeLogLikelihoodReference.value(
                        Arrays.copyOfRange(v[0], i * classes, (i + 1) * classes), label[i], weights,
                        smoothing))
                .sum(), v -> {
                    float[] loss = new float[n];
                    float[] dLogP = new float[n * classes];
                    NegativeLogLikelihood.forward(WORKERS, n, classes, 1, v[0], 0, label, 0, ones, 0, IGNORED,
                            smoothing, loss, 0);
                    NegativeLogLikelihood.backward(WORKERS, n, classes, 1, label, 0, ones, 0, IGNORED, smoothing, v[1],
                            0, dLogP, 0, false);
                    return new float[][]{dLogP, loss};
                }).variable("logP", n * classes).variable("dLoss", n).seed(seed).assertCorrect();
    }

    @Property(tries = 10)
    void doesNotDependOnThreads(@ForAll @IntRange(min = 1, max = 50) int classes,
            @ForAll @IntRange(min = 1, max = 50) int spatial, @ForAll long seed) {
        int n = 3 + 60_000 / (classes * spatial);
        float[] logP = new Filling(Filling.Kind.UNIT, seed).values(n * classes * spatial);
        float[] weight = new Filling(Filling.Kind.UNIT, seed + 1).values(classes);
        int[] label = labels(seed, n * spatial, classes);
        float[] first = null;
        for (int threads : new int[]{1, 2, 3, 7}) {
            float[] loss = new float[n * spatial];
            float[] dLogP = new float[logP.length + loss.length];
            try (Workers workers = Workers.of(threads)) {
                NegativeLogLikelihood.forward(workers, n, classes, spatial, logP, 0, label, 0, weight, 0, IGNORED, 0.1f,
                        loss, 0);
                NegativeLogLikelihood.backward(workers, n, classes, spatial, label, 0, weight, 0, IGNORED, 0.1f, loss,
                        0, dLogP, loss.length, false);
            }
            System.arraycopy(loss, 0, dLogP, 0, loss.length);
            first = first == null ? dLogP : first;
            Bits.check("loss and dLogP on " + threads + " threads", first, dLogP);
        }
    }

    @Provide
    Arbitrary<Float> smoothings() {
        return Arbitraries.of(0f, 0.1f, 1f);
    }

    private static int[] labels(long seed, int count, int classes) {
        Random random = new Random(seed);
        return IntStream.range(0, count).map(i -> random.nextInt(7) == 0 ? IGNORED : random.nextInt(classes)).toArray();
    }
}
