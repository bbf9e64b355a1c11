package lanewise.testing.contract;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * The contract of a kernel over rows along any axis: arrays are [outer][n][inner], or [outer][inner] if they have one
 * element per row, and each row of the output comes from the same row of the inputs.
 */
public interface RowContract {

    /**
     * Which inputs the kernel reads.
     *
     * @return for each whether it has one element per row only
     */
    boolean[] inputsPerRow();

    /**
     * Whether the output has one element per row only.
     *
     * @return false for outputs as large as the first input
     */
    default boolean outputPerRow() {
        return false;
    }

    /**
     * Whether the kernel can add to its output.
     *
     * @return true for gradients
     */
    default boolean accumulates() {
        return false;
    }

    /**
     * The inputs, by number, that the output may overwrite.
     *
     * @return the numbers
     */
    default int[] inPlace() {
        return new int[0];
    }

    /**
     * Calls the kernel.
     *
     * @param workers the team to run on
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block
     * @param x the inputs
     * @param y the output
     * @param accumulate whether to add; never if the kernel cannot
     */
    void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y, boolean accumulate);

    /**
     * What the kernel means.
     *
     * @param row a row of each input
     * @return the row of the output
     */
    double[] value(double[][] row);

    /**
     * How far the result may be from {@link #value}.
     *
     * @param row a row of each input
     * @return the absolute error that is permitted, for each element
     */
    double[] bound(double[][] row);

    /**
     * Maps numbers to what the kernel is defined for, such as results of a forward pass.
     *
     * @param input which input
     * @param row a row of any numbers
     */
    default void makeValid(int input, float... row) {}

    /**
     * Lengths of rows, up to more than one block of a sum.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Integer> lengths() {
        return Arbitraries.frequencyOf(Tuple.of(19, Arbitraries.integers().between(1, 150)),
                Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }

    /**
     * Places of operands in their arrays.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Layout> layouts() {
        return Layout.any();
    }

    /**
     * The contents of operands.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }

    /**
     * Each element is within its bound; inputs and what lies around the output stay as they are.
     *
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block
     * @param layout where the operands lie
     * @param filling their contents
     * @param accumulate whether to add
     */
    @Property(tries = 300)
    default void isWithinItsBound(@ForAll("few") int outer, @ForAll("lengths") int n, @ForAll("few") int inner,
            @ForAll("layouts") Layout layout, @ForAll("fillings") Filling filling, @ForAll boolean accumulate) {
        check(outer, n, inner, inputs(outer, n, inner, layout, filling), output(outer, n, inner, layout, filling),
                accumulate && accumulates());
    }

    /** Special values among ordinary ones give what the reference gives. */
    @Example
    default void treatsSpecialValuesAsTheReferenceDoes() {
        float[] specials = Filling.specials();
        int n = 5;
        GuardedArray[] x = inputs(specials.length, n, 1, Layout.TIGHT, new Filling(Filling.Kind.UNIT, 1));
        for (int i = 0; i < specials.length; i++) {
            x[0].set(i * n + i % n, specials[i]);
        }
        check(specials.length, n, 1, x, output(specials.length, n, 1, Layout.TIGHT, new Filling(Filling.Kind.UNIT, 1)),
                false);
    }

    /**
     * A row's bits depend on nothing but the row: not on its axis, its neighbours, the threads, or whether the output overwrites
     * an input.
     *
     * @param n elements of a row
     * @param filling contents of the operands
     */
    @Property(tries = 10)
    default void dependsOnTheRowAlone(@ForAll("lengths") int n, @ForAll("fillings") Filling filling) {
        int outer = 2;
        int inner = 3 + 20_000 / n;
        GuardedArray[] x = inputs(outer, n, inner, Layout.TIGHT, filling);
        GuardedArray y = output(outer, n, inner, Layout.TIGHT, filling);
        try (Workers workers = Workers.single()) {
            run(workers, outer, n, inner, x, y, false);
            for (int row = 0; row < 2 * inner; row += Math.max(1, inner / 3)) {
                GuardedArray[] alone = new GuardedArray[x.length];
                for (int i = 0; i < x.length; i++) {
                    float[] values = row(x[i], n, inner, row, inputsPerRow()[i]);
                    alone[i] = GuardedArray.vector(values.length, 0, 0).fill(values);
                }
                GuardedArray one = GuardedArray.vector(outputPerRow() ? 1 : n, 0, 0).fill(Float.NaN);
                run(workers, 1, n, 1, alone, one, false);
                Bits.check("row " + row, row(y, n, inner, row, outputPerRow()), one.values());
            }
            for (int input : inPlace()) {
                GuardedArray[] copies = Arrays.stream(x).map(GuardedArray::copy).toArray(GuardedArray[]::new);
                run(workers, outer, n, inner, copies, copies[input], false);
                Bits.check("in place of input " + input, y.values(), copies[input].values());
            }
        }
        for (int threads : new int[]{2, 3, 7}) {
            GuardedArray other = output(outer, n, inner, Layout.TIGHT, filling);
            try (Workers workers = Workers.of(threads)) {
                run(workers, outer, n, inner, x, other, false);
            }
            Bits.check("on " + threads + " threads", y.values(), other.values());
        }
    }

    /**
     * Small numbers of rows and blocks.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Integer> few() {
        return Arbitraries.integers().between(1, 4);
    }

    private void check(int outer, int n, int inner, GuardedArray[] x, GuardedArray y, boolean accumulate) {
        GuardedArray before = y.copy();
        GuardedArray[] untouched = Arrays.stream(x).map(GuardedArray::copy).toArray(GuardedArray[]::new);
        try (Workers workers = Workers.single()) {
            run(workers, outer, n, inner, x, y, accumulate);
        }
        for (int i = 0; i < x.length; i++) {
            Bits.check("input " + i, untouched[i].array(), x[i].array());
        }
        for (int row = 0; row < outer * inner; row++) {
            double[][] rows = new double[x.length][];
            for (int i = 0; i < x.length; i++) {
                rows[i] = widened(row(x[i], n, inner, row, inputsPerRow()[i]));
            }
            double[] exact = value(rows);
            double[] bound = bound(rows);
            float[] actual = row(y, n, inner, row, outputPerRow());
            float[] old = row(before, n, inner, row, outputPerRow());
            for (int j = 0; j < actual.length; j++) {
                double term = accumulate ? old[j] : 0;
                Bounds.check("row " + row + ", element " + j + " of " + n, exact[j] + term,
                        Bounds.accumulated(bound[j], exact[j], term), actual[j]);
            }
        }
        y.checkSentinels("y");
    }

    private static double[] widened(float... values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static float[] row(GuardedArray x, int n, int inner, int row, boolean perRow) {
        float[] values = new float[perRow ? 1 : n];
        for (int j = 0; j < values.length; j++) {
            values[j] = x.get(perRow ? row : row / inner * n * inner + j * inner + row % inner);
        }
        return values;
    }

    private GuardedArray[] inputs(int outer, int n, int inner, Layout layout, Filling filling) {
        GuardedArray[] x = new GuardedArray[inputsPerRow().length];
        for (int i = 0; i < x.length; i++) {
            boolean perRow = inputsPerRow()[i];
            int size = outer * inner * (perRow ? 1 : n);
            x[i] = new Layout(layout.padding(), layout.before() + i, layout.after()).matrix(1, size)
                    .fill(filling.operand(i).values(size));
            for (int row = 0; row < outer * inner && !perRow; row++) {
                float[] values = row(x[i], n, inner, row, false);
                makeValid(i, values);
                for (int j = 0; j < n; j++) {
                    x[i].set(row / inner * n * inner + j * inner + row % inner, values[j]);
                }
            }
        }
        return x;
    }

    private GuardedArray output(int outer, int n, int inner, Layout layout, Filling filling) {
        int size = outer * inner * (outputPerRow() ? 1 : n);
        return layout.matrix(1, size).fill(accumulates() ? filling.operand(9).values(size) : nans(size));
    }

    private static float[] nans(int size) {
        float[] values = new float[size];
        Arrays.fill(values, Float.NaN);
        return values;
    }
}
