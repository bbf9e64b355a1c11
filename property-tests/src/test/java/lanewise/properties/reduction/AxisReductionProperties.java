package lanewise.properties.reduction;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.reduction.AxisReduction;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.AxisReductionReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Properties of reductions along an axis. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class AxisReductionProperties {

    /** A row's number. */
    private abstract static class Forward implements RowContract {

        private final ReductionOperator operator;

        Forward(ReductionOperator operator) {
            this.operator = operator;
        }

        @Override
        public boolean[] inputsPerRow() {
            return new boolean[]{false};
        }

        @Override
        public boolean outputPerRow() {
            return true;
        }

        @Override
        @Provide
        public Arbitrary<Integer> lengths() {
            return AxisReductionProperties.lengths(operator);
        }

        @Override
        public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
                boolean accumulate) {
            AxisReduction.forward(workers, operator, outer, n, inner, x[0].array(), x[0].offset(), y.array(),
                    y.offset());
        }

        @Override
        public double[] value(double[][] row) {
            return new double[]{AxisReductionReference.value(operator, row[0])};
        }

        @Override
        public double[] bound(double[][] row) {
            return new double[]{AxisReductionReference.bound(operator, row[0])};
        }
    }

    /** The gradient of a row: the inputs are the row and dy; the result is computed with the kernel. */
    private abstract static class Backward implements RowContract {

        private final ReductionOperator operator;

        Backward(ReductionOperator operator) {
            this.operator = operator;
        }

        @Override
        public boolean[] inputsPerRow() {
            return new boolean[]{false, true};
        }

        @Override
        public boolean accumulates() {
            return true;
        }

        @Override
        public int[] inPlace() {
            return new int[]{0};
        }

        @Override
        @Provide
        public Arbitrary<Integer> lengths() {
            return AxisReductionProperties.lengths(operator);
        }

        @Override
        public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray dx,
                boolean accumulate) {
            float[] y = new float[outer * inner];
            for (int row = 0; row < y.length; row++) {
                int first = row / inner * n * inner + row % inner;
                y[row] = (float) AxisReductionReference.value(operator,
                        IntStream.range(0, n).mapToDouble(j -> x[0].get(first + j * inner)).toArray());
            }
            AxisReduction.backward(workers, operator, outer, n, inner, x[0].array(), x[0].offset(), y, 0,
                    x[1].array(), x[1].offset(), dx.array(), dx.offset(), accumulate);
        }

        @Override
        public double[] value(double[][] row) {
            return AxisReductionReference.gradient(operator, row[0], row[1][0]);
        }

        @Override
        public double[] bound(double[][] row) {
            return AxisReductionReference.gradientBound(operator, row[0], row[1][0]);
        }
    }

    /** Sum. */
    @Group
    class Sum extends Forward {
        Sum() {
            super(ReductionOperator.SUM);
        }
    }

    /** Gradient of Sum. */
    @Group
    class SumGradient extends Backward {
        SumGradient() {
            super(ReductionOperator.SUM);
        }
    }

    /** Mean. */
    @Group
    class Mean extends Forward {
        Mean() {
            super(ReductionOperator.MEAN);
        }
    }

    /** Gradient of Mean. */
    @Group
    class MeanGradient extends Backward {
        MeanGradient() {
            super(ReductionOperator.MEAN);
        }
    }

    /** Variance. */
    @Group
    class Variance extends Forward {
        Variance() {
            super(ReductionOperator.VARIANCE);
        }
    }

    /** Gradient of Variance. */
    @Group
    class VarianceGradient extends Backward {
        VarianceGradient() {
            super(ReductionOperator.VARIANCE);
        }
    }

    /** Max. */
    @Group
    class Max extends Forward {
        Max() {
            super(ReductionOperator.MAX);
        }
    }

    /** Gradient of Max. */
    @Group
    class MaxGradient extends Backward {
        MaxGradient() {
            super(ReductionOperator.MAX);
        }
    }

    /** Min. */
    @Group
    class Min extends Forward {
        Min() {
            super(ReductionOperator.MIN);
        }
    }

    /** Gradient of Min. */
    @Group
    class MinGradient extends Backward {
        MinGradient() {
            super(ReductionOperator.MIN);
        }
    }

    /** Product. */
    @Group
    class Product extends Forward {
        Product() {
            super(ReductionOperator.PRODUCT);
        }
    }

    /** Gradient of Product. */
    @Group
    class ProductGradient extends Backward {
        ProductGradient() {
            super(ReductionOperator.PRODUCT);
        }
    }

    /** L1. */
    @Group
    class L1 extends Forward {
        L1() {
            super(ReductionOperator.L1);
        }
    }

    /** Gradient of L1. */
    @Group
    class L1Gradient extends Backward {
        L1Gradient() {
            super(ReductionOperator.L1);
        }
    }

    /** L2. */
    @Group
    class L2 extends Forward {
        L2() {
            super(ReductionOperator.L2);
        }
    }

    /** Gradient of L2. */
    @Group
    class L2Gradient extends Backward {
        L2Gradient() {
            super(ReductionOperator.L2);
        }
    }

    /** Squares. */
    @Group
    class Squares extends Forward {
        Squares() {
            super(ReductionOperator.SQUARES);
        }
    }

    /** Gradient of Squares. */
    @Group
    class SquaresGradient extends Backward {
        SquaresGradient() {
            super(ReductionOperator.SQUARES);
        }
    }

    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll ReductionOperator operator,
            @ForAll @IntRange(min = 1, max = 3) int rows,
            @ForAll @IntRange(min = 1, max = 5) int n, @ForAll long seed) {
        GradientCheck.of(
                v -> IntStream.range(0, rows).mapToDouble(
                        i -> v[1][i]
                                * AxisReductionReference.value(operator, Arrays.copyOfRange(v[0], i * n, (i + 1) * n)))
                        .sum(),
                v -> {
                    float[] y = new float[rows];
                    float[] dx = new float[rows * n];
                    try (Workers workers = Workers.single()) {
                        AxisReduction.forward(workers, operator, rows, n, 1, v[0], 0, y, 0);
                        AxisReduction.backward(workers, operator, rows, n, 1, v[0], 0, y, 0, v[1], 0, dx, 0, false);
                    }
                    return new float[][]{dx, y};
                }).variable("x", rows * n).variable("dy", rows).seed(seed).assertCorrect();
    }

    /** Products of many numbers leave the range of floats. */
    private static Arbitrary<Integer> lengths(ReductionOperator operator) {
        return operator == ReductionOperator.PRODUCT
                ? Arbitraries.integers().between(1, 8)
                : Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(1, 150)),
                        Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }
}
