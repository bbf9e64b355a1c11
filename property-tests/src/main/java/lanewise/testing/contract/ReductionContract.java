package lanewise.testing.contract;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.arbitrary.Sizes;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The contract of a kernel that makes one number of all elements of its inputs: a sum, a loss. */
public interface ReductionContract {

    /**
     * How many inputs the kernel reads.
     *
     * @return the number
     */
    int inputs();

    /**
     * Calls the kernel.
     *
     * @param workers the team to run on
     * @param n how many elements
     * @param x the inputs
     * @param result one element
     */
    void run(Workers workers, int n, GuardedArray[] x, GuardedArray result);

    /**
     * What the kernel means.
     *
     * @param x the inputs
     * @return the exact result
     */
    double value(double[][] x);

    /**
     * How far the result may be from {@link #value}.
     *
     * @param x the inputs
     * @return the absolute error that is permitted
     */
    double bound(double[][] x);

    /**
     * Whether small integers give the exact result.
     *
     * @return true for sums of integers, of their products and halves
     */
    default boolean isExactOnIntegers() {
        return true;
    }

    /**
     * Numbers of elements.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Integer> sizes() {
        return Sizes.upTo(20_000);
    }

    /**
     * Contents of the inputs.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Filling> fillings() {
        return Filling.moderate();
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
     * The result is within its bound, exact on integers; nothing but the result is written.
     *
     * @param n how many elements
     * @param layout where the operands lie
     * @param filling their contents
     */
    @Property(tries = 200)
    default void isWithinItsBound(@ForAll("sizes") int n, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling) {
        GuardedArray[] x = operands(n, layout, filling);
        GuardedArray[] before = Arrays.stream(x).map(GuardedArray::copy).toArray(GuardedArray[]::new);
        double[][] exact = Arrays.stream(x).map(ReductionContract::doubles).toArray(double[][]::new);
        boolean integers = filling.kind() == Filling.Kind.ONES || filling.kind() == Filling.Kind.INTEGERS;
        GuardedArray result = layout.matrix(1, 1).fill(Float.NaN);
        try (Workers workers = Workers.single()) {
            run(workers, n, x, result);
        }
        Bounds.check("result", value(exact), integers && isExactOnIntegers() ? 0 : bound(exact), result.get(0));
        result.checkSentinels("result");
        for (int i = 0; i < x.length; i++) {
            Bits.check("x" + i, before[i].array(), x[i].array());
        }
    }

    /**
     * A NaN anywhere makes the result NaN.
     *
     * @param n how many elements
     * @param filling contents of the others
     * @param place where it is
     */
    @Property(tries = 100)
    default void propagatesNaN(@ForAll("sizes") int n, @ForAll("fillings") Filling filling, @ForAll int place) {
        Assume.that(n > 0);
        for (int input = 0; input < inputs(); input++) {
            GuardedArray[] x = operands(n, Layout.TIGHT, filling);
            x[input].set(Math.floorMod(place, n), Float.NaN);
            GuardedArray result = GuardedArray.vector(1, 0, 0);
            try (Workers workers = Workers.single()) {
                run(workers, n, x, result);
            }
            Bounds.check("result with NaN in x" + input, Double.NaN, 0, result.get(0));
        }
    }

    /**
     * The bits do not depend on where the operands lie.
     *
     * @param n how many elements
     * @param layout where the operands lie
     * @param filling their contents
     */
    @Property(tries = 50)
    default void doesNotDependOnTheLayout(@ForAll("sizes") int n, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling) {
        Bits.check("result", result(1, n, Layout.TIGHT, filling), result(1, n, layout, filling));
    }

    /**
     * The bits are the same for 1, 2, 3 and 7 threads.
     *
     * @param filling contents of the inputs
     */
    @Property(tries = 5)
    default void doesNotDependOnTheNumberOfThreads(@ForAll("fillings") Filling filling) {
        int n = 170_003;
        float[] single = result(1, n, Layout.TIGHT, filling);
        for (int threads : new int[]{2, 3, 7}) {
            Bits.check("result on " + threads + " threads", single, result(threads, n, Layout.TIGHT, filling));
        }
    }

    /** No elements give the reference's result of none, over whatever stood there. */
    @Example
    default void isDefinedForNoElements() {
        double exact = value(new double[inputs()][0]);
        Bounds.check("result", exact, 0, result(1, 0, Layout.TIGHT, new Filling(Filling.Kind.ONES, 0))[0]);
    }

    private float[] result(int threads, int n, Layout layout, Filling filling) {
        GuardedArray result = layout.matrix(1, 1).fill(Float.NaN);
        try (Workers workers = Workers.of(threads)) {
            run(workers, n, operands(n, layout, filling), result);
        }
        return result.values();
    }

    private GuardedArray[] operands(int n, Layout layout, Filling filling) {
        return IntStream.range(0, inputs())
                .mapToObj(i -> new Layout(layout.padding(), layout.before() + i, layout.after()).matrix(1, n)
                        .fill(filling.operand(i).values(n)))
                .toArray(GuardedArray[]::new);
    }

    private static double[] doubles(GuardedArray x) {
        return IntStream.range(0, x.size()).mapToDouble(x::get).toArray();
    }
}
