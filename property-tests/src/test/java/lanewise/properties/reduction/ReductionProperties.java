package lanewise.properties.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.reduction.Reduction;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.arbitrary.Sizes;
import lanewise.testing.contract.ReductionContract;
import lanewise.testing.reference.AxisReductionReference;
import lanewise.testing.reference.ReductionReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of sums and of the place of the maximum. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class ReductionProperties {

    /** Σ x². */
    @Group
    class SumOfSquares implements ReductionContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            y.set(0, (float) Reduction.sumOfSquares(workers, n, x[0].array(), x[0].offset()));
        }

        @Override
        public double value(double[][] x) {
            return AxisReductionReference.value(ReductionOperator.SQUARES, x[0]);
        }

        @Override
        public double bound(double[][] x) {
            return AxisReductionReference.bound(ReductionOperator.SQUARES, x[0]);
        }
    }

    /** sum = Σ x. */
    @Group
    class Sum implements ReductionContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray sum) {
            Reduction.sum(workers, n, x[0].array(), x[0].offset(), sum.array(), sum.offset());
        }

        @Override
        public double value(double[][] x) {
            return ReductionReference.sum(x[0]);
        }

        @Override
        public double bound(double[][] x) {
            return ReductionReference.sumBound(x[0]);
        }
    }

    /** sum[j] = Σ x[i][j]. */
    @Group
    class ColumnSums extends OfMatrices {

        @Property(tries = 200)
        void areWithinTheirBound(@ForAll("rows") int rows, @ForAll("columns") int columns,
                @ForAll("layouts") Layout layout,
                @ForAll("moderate") Filling filling, @ForAll boolean accumulate) {
            GuardedArray x = layout.matrix(rows, columns).fill(filling.values(rows * columns));
            GuardedArray before = sums(columns, layout, filling, accumulate);
            GuardedArray sum = before.copy();
            columnSums(1, rows, columns, x, sum, accumulate);
            for (int j = 0; j < columns; j++) {
                double[] terms = new double[rows + 1];
                for (int i = 0; i < rows; i++) {
                    terms[i] = x.get(i, j);
                }
                terms[rows] = accumulate ? before.get(j) : 0;
                Bounds.check("sum[" + j + "]", ReductionReference.sum(terms), ReductionReference.columnSumBound(terms),
                        sum.get(j));
            }
            sum.checkSentinels("sum");
            Bits.check("x", layout.matrix(rows, columns).fill(filling.values(rows * columns)).array(), x.array());
        }

        @Property(tries = 10)
        void doNotDependOnTheNumberOfThreads(@ForAll("moderate") Filling filling, @ForAll boolean accumulate) {
            int rows = 157;
            int columns = 331;
            GuardedArray x = Layout.TIGHT.matrix(rows, columns).fill(filling.values(rows * columns));
            GuardedArray single = sums(columns, Layout.TIGHT, filling, accumulate);
            columnSums(1, rows, columns, x, single, accumulate);
            for (int threads : new int[]{2, 3, 7}) {
                GuardedArray sum = sums(columns, Layout.TIGHT, filling, accumulate);
                columnSums(threads, rows, columns, x, sum, accumulate);
                Bits.check("sum on " + threads + " threads", single.values(), sum.values());
            }
        }

        private static void columnSums(int threads, int rows, int columns, GuardedArray x, GuardedArray sum,
                boolean accumulate) {
            try (Workers workers = Workers.of(threads)) {
                Reduction.columnSums(workers, rows, columns, x.array(), x.offset(), x.ld(), sum.array(), sum.offset(),
                        accumulate);
            }
        }

        private static GuardedArray sums(int columns, Layout layout, Filling filling, boolean accumulate) {
            GuardedArray sum = layout.matrix(1, columns);
            return accumulate ? sum.fill(filling.operand(1).values(columns)) : sum.fill(Float.NaN);
        }
    }

    /** index[i] = where row i has its maximum. */
    @Group
    class ArgMaxRows extends OfMatrices {

        @Provide
        Arbitrary<Filling> rowContents() {
            return Filling.of(Kind.ONES, Kind.INTEGERS, Kind.UNIT, Kind.FINITE, Kind.SPECIAL);
        }

        @Property(tries = 300)
        void areTheFirstMaximaOrNaNs(@ForAll("rows") int rows, @ForAll("columns") int moreColumns,
                @ForAll("layouts") Layout layout, @ForAll("rowContents") Filling filling, @ForAll boolean manyThreads) {
            int columns = moreColumns + 1;
            GuardedArray x = layout.matrix(rows, columns).fill(filling.values(rows * columns));
            int sentinel = -7;
            int[] index = IntStream.generate(() -> sentinel).limit(layout.before() + rows + layout.after()).toArray();
            int[] expected = index.clone();
            for (int i = 0; i < rows; i++) {
                int row = i;
                double[] values = IntStream.range(0, columns).mapToDouble(j -> x.get(row, j)).toArray();
                expected[layout.before() + i] = ReductionReference.argMax(values);
            }
            try (Workers workers = Workers.of(manyThreads ? 3 : 1)) {
                Reduction.argMaxRows(workers, rows, columns, x.array(), x.offset(), x.ld(), index, layout.before());
            }
            assertArrayEquals(expected, index);
        }
    }

    /** Inputs of the kernels that take a matrix. */
    abstract static class OfMatrices {

        @Provide
        Arbitrary<Integer> rows() {
            return Sizes.upTo(150);
        }

        @Provide
        Arbitrary<Integer> columns() {
            return Sizes.upTo(200);
        }

        @Provide
        Arbitrary<Layout> layouts() {
            return Layout.any();
        }

        @Provide
        Arbitrary<Filling> moderate() {
            return Filling.moderate();
        }
    }
}
