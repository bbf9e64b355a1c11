package lanewise.properties.optimizer;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.ElasticNet;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.ElasticNetReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of the penalty on large weights. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class ElasticNetProperties {

    private static final float L1 = 0.3f;
    private static final float L2 = 0.7f;

    /** The gradient, added to what is there. */
    @Group
    class Gradient implements ElementwiseContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dw) {
            ElasticNet.backward(workers, n, L1, L2, x[0].array(), x[0].offset(), dw.array(), dw.offset(), true);
        }

        @Override
        public double value(double[] x) {
            return ElasticNetReference.gradient(L1, L2, x[0]) + x[1];
        }

        @Override
        public double bound(double[] x) {
            return ElasticNetReference.gradientBound(L1, L2, x[0], x[1]);
        }
    }

    /** The sum is within its bound, and has the same bits for every number of threads. */
    @Property(tries = 100)
    void penaltyIsWithinItsBound(@ForAll("sizes") int n, @ForAll("fillings") Filling filling) {
        GuardedArray w = GuardedArray.vector(n, 3, 2).fill(filling.values(n));
        double[] exact = IntStream.range(0, n).mapToDouble(w::get).toArray();
        double[] results = new double[3];
        for (int threads = 1; threads <= 3; threads++) {
            try (Workers workers = Workers.of(threads)) {
                results[threads - 1] = ElasticNet.forward(workers, n, L1, L2, w.array(), w.offset());
            }
            Bounds.check("penalty", ElasticNetReference.value(L1, L2, exact), ElasticNetReference.bound(L1, L2, exact),
                    (float) results[threads - 1]);
            if (results[threads - 1] != results[0]) {
                throw new AssertionError(threads + " threads give " + results[threads - 1] + ", one " + results[0]);
            }
        }
    }

    /** Weights of both signs, away from the kink at 0. */
    @Property(tries = 60)
    void gradientIsThatOfTheReference(@ForAll @IntRange(min = 1, max = 6) int n, @ForAll long seed) {
        GradientCheck.of(v -> ElasticNetReference.value(L1, L2,
                IntStream.range(0, n).mapToDouble(i -> away(i, v[0][i])).toArray()), v -> {
                    float[] w = new float[n];
                    float[] dw = new float[n];
                    for (int i = 0; i < n; i++) {
                        w[i] = (float) away(i, v[0][i]);
                    }
                    try (Workers workers = Workers.single()) {
                        ElasticNet.backward(workers, n, L1, L2, w, 0, dw, 0, false);
                    }
                    for (int i = 0; i < n; i++) {
                        dw[i] *= w[i];
                    }
                    return new float[][]{dw};
                }).variable("w", n).seed(seed).assertCorrect();
    }

    private static double away(int i, double v) {
        return i % 2 == 0 ? Math.exp(v) : -Math.exp(v);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(0, 1, 31, 32, 33, 1000, 4096, 4097, 40_000);
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }
}
