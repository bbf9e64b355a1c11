package lanewise.properties.reduction;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.reduction.CumulativeSum;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.CumulativeSumReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Properties of running sums along an axis. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class CumulativeSumProperties {

    /** The sums of a row, or their gradient. */
    private abstract static class Sums implements RowContract {

        final boolean exclusive;
        final boolean reverse;

        Sums(boolean exclusive, boolean reverse) {
            this.exclusive = exclusive;
            this.reverse = reverse;
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
            return Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(1, 150)),
                    Tuple.of(1, Arbitraries.of(1023, 4097)));
        }

        @Override
        public double[] value(double[][] row) {
            return CumulativeSumReference.value(exclusive, reverse, row[0]);
        }

        @Override
        public double[] bound(double[][] row) {
            return CumulativeSumReference.bound(exclusive, reverse, row[0]);
        }
    }

    private abstract static class Forward extends Sums {

        Forward(boolean exclusive, boolean reverse) {
            super(exclusive, reverse);
        }

        @Override
        public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
                boolean accumulate) {
            CumulativeSum.forward(workers, outer, n, inner, exclusive, reverse, x[0].array(), x[0].offset(), y.array(),
                    y.offset());
        }
    }

    private abstract static class Backward extends Sums {

        Backward(boolean exclusive, boolean reverse) {
            super(exclusive, reverse);
        }

        @Override
        public boolean accumulates() {
            return true;
        }

        @Override
        public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray dx,
                boolean accumulate) {
            CumulativeSum.backward(workers, outer, n, inner, exclusive, !reverse, x[0].array(), x[0].offset(),
                    dx.array(), dx.offset(), accumulate);
        }
    }

    /** From the first on. */
    @Group
    class Plain extends Forward {
        Plain() {
            super(false, false);
        }
    }

    /** Without the element itself. */
    @Group
    class Exclusive extends Forward {
        Exclusive() {
            super(true, false);
        }
    }

    /** From the last on. */
    @Group
    class Reverse extends Forward {
        Reverse() {
            super(false, true);
        }
    }

    /** Gradient of the sums from the last on, which is a sum from the first on. */
    @Group
    class GradientOfReverse extends Backward {
        GradientOfReverse() {
            super(false, false);
        }
    }

    /** Gradient without the element itself. */
    @Group
    class GradientOfExclusive extends Backward {
        GradientOfExclusive() {
            super(true, true);
        }
    }

    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll boolean exclusive, @ForAll boolean reverse,
            @ForAll @IntRange(min = 1, max = 3) int rows, @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll long seed) {
        GradientCheck.of(v -> IntStream.range(0, rows * n).mapToDouble(i -> v[1][i] * CumulativeSumReference
                .value(exclusive, reverse, Arrays.copyOfRange(v[0], i / n * n, (i / n + 1) * n))[i % n]).sum(), v -> {
                    float[] y = new float[rows * n];
                    float[] dx = new float[rows * n];
                    try (Workers workers = Workers.single()) {
                        CumulativeSum.forward(workers, rows, n, 1, exclusive, reverse, v[0], 0, y, 0);
                        CumulativeSum.backward(workers, rows, n, 1, exclusive, reverse, v[1], 0, dx, 0, false);
                    }
                    return new float[][]{dx, y};
                }).variable("x", rows * n).variable("dy", rows * n).seed(seed).assertCorrect();
    }
}
