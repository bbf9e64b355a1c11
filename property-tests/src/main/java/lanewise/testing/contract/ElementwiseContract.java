package lanewise.testing.contract;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.arbitrary.Sizes;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The contract of a kernel that computes each element of its output from the same element of its inputs:
 * y[i] ← f(x₀[i], x₁[i], …), or with the old y[i] as one more operand.
 */
public interface ElementwiseContract {

    /**
     * How many inputs the kernel reads, an output that it also reads not counted.
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
     * @param y the output
     */
    void run(Workers workers, int n, GuardedArray[] x, GuardedArray y);

    /**
     * What the kernel means.
     *
     * @param x the inputs; after them, if the kernel reads it, the old output
     * @return the exact result
     */
    double value(double[] x);

    /**
     * How far the result may be from {@link #value}.
     *
     * @param x as for {@link #value}
     * @return the absolute error that is permitted
     */
    double bound(double[] x);

    /**
     * Whether the kernel reads its output's old contents.
     *
     * @return false for a kernel that overwrites
     */
    default boolean readsOutput() {
        return false;
    }

    /**
     * Whether the output may be one of the inputs.
     *
     * @param input which input
     * @return what the kernel documents
     */
    default boolean mayBeInPlace(int input) {
        return true;
    }

    /**
     * Maps any number to one that the kernel is defined for.
     *
     * @param operand which operand, counted as in {@link #value}
     * @param x any number
     * @return {@code x} itself unless the operand's domain is smaller
     */
    default float domain(int operand, float x) {
        return x;
    }

    /**
     * The special values that are tried in all combinations.
     *
     * @return numbers in any order
     */
    default float[] specials() {
        return Filling.specials();
    }

    /**
     * The contents of operands.
     *
     * @return fillings from which the exact result can be computed without leaving the range of float
     */
    @Provide
    default Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }

    /**
     * Sizes at which one thread does the work.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Integer> sizes() {
        return Sizes.upTo(600);
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
     * Each element is within the bound; nothing outside the output is written, and an input is not changed.
     *
     * @param n how many elements
     * @param layout where the operands lie
     * @param filling their contents
     */
    @Property(tries = 300)
    default void isWithinItsBound(@ForAll("sizes") int n, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling) {
        checkAgainstReference(inputs(n, layout, filling), output(n, layout, filling));
    }

    /** All combinations of special values give what the reference gives: NaN, infinities, zeros, subnormals. */
    @Example
    default void treatsSpecialValuesAsTheReferenceDoes() {
        float[] specials = specials();
        int operands = inputs() + (readsOutput() ? 1 : 0);
        int n = (int) Math.pow(specials.length, operands);
        GuardedArray[] all = new GuardedArray[operands];
        for (int operand = 0, period = 1; operand < operands; operand++, period *= specials.length) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = specials[i / period % specials.length];
            }
            all[operand] = operand(operand, Layout.TIGHT, values);
        }
        GuardedArray[] x = Arrays.copyOf(all, inputs());
        checkAgainstReference(x,
                readsOutput() ? all[inputs()] : output(n, Layout.TIGHT, new Filling(Filling.Kind.ONES, 0)));
    }

    /**
     * An element's bits depend on its operands alone: the tail computes as the main loop does, at every offset.
     *
     * @param n how many elements
     * @param layout where the operands lie
     * @param filling their contents
     */
    @Property(tries = 50)
    default void doesNotDependOnThePlaceOfAnElement(@ForAll("sizes") int n, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling) {
        GuardedArray[] x = inputs(n, layout, filling);
        GuardedArray y = output(n, layout, filling);
        float[] alone = new float[n];
        try (Workers workers = Workers.single()) {
            for (int i = 0; i < n; i++) {
                GuardedArray[] xi = new GuardedArray[x.length];
                for (int input = 0; input < x.length; input++) {
                    xi[input] = GuardedArray.vector(1, 0, 0).fill(x[input].get(i));
                }
                GuardedArray yi = GuardedArray.vector(1, 0, 0).fill(y.get(i));
                run(workers, 1, xi, yi);
                alone[i] = yi.get(0);
            }
            run(workers, n, x, y);
        }
        Bits.check("y", alone, y.values());
    }

    /**
     * Where the kernel permits that the output is an input, the bits are those of a separate output.
     *
     * @param n how many elements
     * @param layout where the operands lie
     * @param filling their contents
     */
    @Property(tries = 50)
    default void mayWriteOverAnInput(@ForAll("sizes") int n, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling) {
        for (int input = 0; input < inputs(); input++) {
            if (mayBeInPlace(input)) {
                GuardedArray[] x = inputs(n, layout, filling);
                GuardedArray y = readsOutput() ? x[input].copy() : output(n, layout, filling);
                try (Workers workers = Workers.single()) {
                    run(workers, n, x, y);
                    run(workers, n, x, x[input]);
                }
                x[input].checkSentinels("x" + input);
                Bits.check("y in place of x" + input, y.values(), x[input].values());
            }
        }
    }

    /**
     * The bits are the same for 1, 2, 3 and 7 threads.
     *
     * @param filling contents of the operands
     */
    @Property(tries = 3)
    default void doesNotDependOnTheNumberOfThreads(@ForAll("fillings") Filling filling) {
        int n = 70_001;
        float[] single = null;
        for (int threads : new int[]{1, 2, 3, 7}) {
            GuardedArray y = output(n, Layout.TIGHT, filling);
            try (Workers workers = Workers.of(threads)) {
                run(workers, n, inputs(n, Layout.TIGHT, filling), y);
            }
            single = threads == 1 ? y.values() : single;
            Bits.check("y on " + threads + " threads", single, y.values());
        }
    }

    private void checkAgainstReference(GuardedArray[] x, GuardedArray y) {
        int n = y.size();
        GuardedArray before = y.copy();
        GuardedArray[] xBefore = new GuardedArray[x.length];
        for (int i = 0; i < x.length; i++) {
            xBefore[i] = x[i].copy();
        }
        try (Workers workers = Workers.single()) {
            run(workers, n, x, y);
        }
        y.checkSentinels("y");
        for (int i = 0; i < x.length; i++) {
            Bits.check("x" + i, xBefore[i].array(), x[i].array());
        }
        double[] operands = new double[x.length + (readsOutput() ? 1 : 0)];
        for (int i = 0; i < n; i++) {
            for (int input = 0; input < x.length; input++) {
                operands[input] = x[input].get(i);
            }
            if (readsOutput()) {
                operands[x.length] = before.get(i);
            }
            Bounds.check("y[" + i + "] of " + Arrays.toString(operands), value(operands), bound(operands), y.get(i));
        }
    }

    private GuardedArray[] inputs(int n, Layout layout, Filling filling) {
        GuardedArray[] x = new GuardedArray[inputs()];
        for (int i = 0; i < x.length; i++) {
            x[i] = operand(i, layout, filling.operand(i).values(n));
        }
        return x;
    }

    /** The output before the call: an operand if it is read, else NaN, which would show if it were. */
    private GuardedArray output(int n, Layout layout, Filling filling) {
        return readsOutput()
                ? operand(inputs(), layout, filling.operand(inputs()).values(n))
                : layout.matrix(1, n).fill(Float.NaN);
    }

    private GuardedArray operand(int operand, Layout layout, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = domain(operand, values[i]);
        }
        // Operands at different distances from their arrays' starts, so that one offset used for another shows.
        return new Layout(layout.padding(), layout.before() + operand, layout.after()).matrix(1, values.length)
                .fill(values);
    }
}
