package lanewise.properties.normalization;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.normalization.LpNorm;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.LpNormReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Properties of rows divided by their norms. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class LpNormProperties {

    private static final float EPSILON = 1e-3f;

    /** The unit vectors. */
    private abstract static class Forward implements RowContract {

        private final int p;

        Forward(int p) {
            this.p = p;
        }

        @Override
        public boolean[] inputsPerRow() {
            return new boolean[]{false};
        }

        @Override
        public int[] inPlace() {
            return new int[]{0};
        }

        @Override
        @Provide
        public Arbitrary<Integer> lengths() {
            return LpNormProperties.lengths();
        }

        @Override
        public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
                boolean accumulate) {
            LpNorm.forward(workers, p, outer, n, inner, EPSILON, x[0].array(), x[0].offset(), y.array(), y.offset(),
                    new float[outer * inner], 0);
        }

        @Override
        public double[] value(double[][] row) {
            return LpNormReference.value(p, EPSILON, row[0]);
        }

        @Override
        public double[] bound(double[][] row) {
            return LpNormReference.bound(p, EPSILON, row[0]);
        }
    }

    /** The gradient; the norms are computed with the kernel. */
    private abstract static class Backward implements RowContract {

        private final int p;

        Backward(int p) {
            this.p = p;
        }

        @Override
        public boolean[] inputsPerRow() {
            return new boolean[]{false, false};
        }

        @Override
        public boolean accumulates() {
            return true;
        }

        @Override
        public int[] inPlace() {
            return new int[]{0, 1};
        }

        @Override
        @Provide
        public Arbitrary<Integer> lengths() {
            return LpNormProperties.lengths();
        }

        @Override
        public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray dx,
                boolean accumulate) {
            float[] norm = new float[outer * inner];
            LpNorm.forward(workers, p, outer, n, inner, EPSILON, x[0].array(), x[0].offset(),
                    new float[outer * n * inner], 0, norm, 0);
            LpNorm.backward(workers, p, outer, n, inner, EPSILON, x[0].array(), x[0].offset(), norm, 0, x[1].array(),
                    x[1].offset(), dx.array(), dx.offset(), accumulate);
        }

        @Override
        public double[] value(double[][] row) {
            return LpNormReference.gradient(p, EPSILON, row[0], row[1]);
        }

        @Override
        public double[] bound(double[][] row) {
            return LpNormReference.gradientBound(p, EPSILON, row[0], row[1]);
        }
    }

    /** By the L1 norm. */
    @Group
    class L1 extends Forward {
        L1() {
            super(1);
        }
    }

    /** Gradient by the L1 norm. */
    @Group
    class L1Gradient extends Backward {
        L1Gradient() {
            super(1);
        }
    }

    /** By the L2 norm. */
    @Group
    class L2 extends Forward {
        L2() {
            super(2);
        }
    }

    /** Gradient by the L2 norm. */
    @Group
    class L2Gradient extends Backward {
        L2Gradient() {
            super(2);
        }
    }

    /** Arguments of both signs, away from 0, where the L1 norm has a kink. */
    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 2) int p,
            @ForAll @IntRange(min = 1, max = 3) int rows, @ForAll @IntRange(min = 2, max = 5) int n,
            @ForAll long seed) {
        int size = rows * n;
        GradientCheck.of(v -> IntStream.range(0, size).mapToDouble(i -> v[1][i] * LpNormReference.value(p, EPSILON,
                IntStream.range(i / n * n, (i / n + 1) * n).mapToDouble(j -> away(j, v[0][j])).toArray())[i % n]).sum(),
                v -> {
                    float[] x = new float[size];
                    for (int i = 0; i < size; i++) {
                        x[i] = (float) away(i, v[0][i]);
                    }
                    float[] y = new float[size];
                    float[] dx = new float[size];
                    float[] norm = new float[rows];
                    try (Workers workers = Workers.single()) {
                        LpNorm.forward(workers, p, rows, n, 1, EPSILON, x, 0, y, 0, norm, 0);
                        LpNorm.backward(workers, p, rows, n, 1, EPSILON, x, 0, norm, 0, v[1], 0, dx, 0, false);
                    }
                    for (int i = 0; i < size; i++) {
                        dx[i] *= x[i];
                    }
                    return new float[][]{dx, y};
                }).variable("x", size).variable("dy", size).seed(seed).assertCorrect();
    }

    private static double away(int i, double v) {
        return i % 3 == 0 ? -Math.exp(v) : Math.exp(v);
    }

    private static Arbitrary<Integer> lengths() {
        return Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(1, 150)),
                Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }
}
