package lanewise.testing.contract;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.testing.Bits;
import lanewise.testing.GuardedArray;
import lanewise.testing.Rounded;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.arbitrary.Sizes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The contract of an optimizer's kernel: element by element, the weight and what is remembered of earlier gradients change
 * by a gradient.
 */
public interface UpdateContract {

    /**
     * How many arrays are remembered besides the weights. What is remembered is never negative where a root is taken of it.
     *
     * @return the number
     */
    int memories();

    /**
     * Calls the kernel.
     *
     * @param workers the team to run on
     * @param n how many elements
     * @param step number of the update, from 1
     * @param dw the gradient
     * @param state the weights, and after them what is remembered
     */
    void run(Workers workers, int n, int step, GuardedArray dw, GuardedArray[] state);

    /**
     * What the kernel means.
     *
     * @param step number of the update, from 1
     * @param dw the gradient
     * @param state the weight, and after it what is remembered: the old numbers, to be replaced by the new ones
     */
    void update(int step, double dw, Rounded[] state);

    /**
     * Sizes at which one thread does the work.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Integer> sizes() {
        return Sizes.upTo(300);
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
     * Numbers of updates.
     *
     * @return the arbitrary
     */
    @Provide
    default Arbitrary<Integer> steps() {
        return Arbitraries.integers().between(1, 100_000);
    }

    /**
     * Each element of each array is within its bound, whatever was there; the gradient and everything around the arrays
     * stay as they are.
     *
     * @param n how many elements
     * @param step number of the update
     * @param layout where the operands lie
     * @param filling their contents
     */
    @Property(tries = 300)
    default void isWithinItsBound(@ForAll("sizes") int n, @ForAll("steps") int step, @ForAll("layouts") Layout layout,
            @ForAll("fillings") Filling filling) {
        check(step, gradient(n, layout, filling, memories() + 1), states(n, layout, filling));
    }

    /** Special gradients and weights give what the reference gives: NaN, infinities, zeros, subnormals. */
    @Example
    default void treatsSpecialValuesAsTheReferenceDoes() {
        float[] specials = Filling.specials();
        int n = specials.length * specials.length;
        GuardedArray dw = Layout.TIGHT.matrix(1, n);
        GuardedArray[] state = states(n, Layout.TIGHT, new Filling(Filling.Kind.ONES, 0));
        for (int i = 0; i < n; i++) {
            dw.set(i, specials[i % specials.length]);
            state[0].set(i, specials[i / specials.length]);
        }
        check(1, dw, state);
    }

    /**
     * A hundred updates from nothing remembered stay within the bound that the errors of each add up to.
     *
     * @param filling contents of weights and gradients
     */
    @Property(tries = 20)
    default void followsTheReferenceForAHundredSteps(@ForAll("fillings") Filling filling) {
        int n = 37;
        GuardedArray[] state = states(n, Layout.TIGHT, filling);
        Rounded[][] reference = new Rounded[n][state.length];
        for (int memory = 1; memory < state.length; memory++) {
            state[memory].fill(0);
        }
        for (int i = 0; i < n; i++) {
            Arrays.fill(reference[i], Rounded.exact(0));
            reference[i][0] = Rounded.exact(state[0].get(i));
        }
        try (Workers workers = Workers.single()) {
            for (int step = 1; step <= 100; step++) {
                GuardedArray dw = gradient(n, Layout.TIGHT, filling, 10 + step);
                run(workers, n, step, dw, state);
                for (int i = 0; i < n; i++) {
                    update(step, dw.get(i), reference[i]);
                    for (int j = 0; j < state.length; j++) {
                        reference[i][j].check("state " + j + "[" + i + "] after step " + step, state[j].get(i));
                    }
                }
            }
        }
    }

    /**
     * The bits are the same for 1, 2, 3 and 7 threads, and for an element alone.
     *
     * @param filling contents of the operands
     */
    @Property(tries = 3)
    default void dependsNeitherOnThreadsNorOnThePlace(@ForAll("fillings") Filling filling) {
        int n = 70_001;
        GuardedArray dw = gradient(n, Layout.TIGHT, filling, memories() + 1);
        GuardedArray[] single = states(n, Layout.TIGHT, filling);
        try (Workers workers = Workers.single()) {
            run(workers, n, 3, dw, single);
            for (int i = n - 100; i < n; i++) {
                GuardedArray[] before = states(n, Layout.TIGHT, filling);
                GuardedArray[] alone = new GuardedArray[before.length];
                for (int j = 0; j < alone.length; j++) {
                    alone[j] = GuardedArray.vector(1, 0, 0).fill(before[j].get(i));
                }
                run(workers, 1, 3, GuardedArray.vector(1, 0, 0).fill(dw.get(i)), alone);
                for (int j = 0; j < alone.length; j++) {
                    Bits.check("state " + j, new float[]{single[j].get(i)}, alone[j].values());
                }
            }
        }
        for (int threads : new int[]{2, 3, 7}) {
            GuardedArray[] state = states(n, Layout.TIGHT, filling);
            try (Workers workers = Workers.of(threads)) {
                run(workers, n, 3, dw, state);
            }
            for (int j = 0; j < state.length; j++) {
                Bits.check("state " + j + " on " + threads + " threads", single[j].values(), state[j].values());
            }
        }
    }

    private void check(int step, GuardedArray dw, GuardedArray... state) {
        GuardedArray dwBefore = dw.copy();
        GuardedArray[] before = new GuardedArray[state.length];
        for (int j = 0; j < state.length; j++) {
            before[j] = state[j].copy();
        }
        try (Workers workers = Workers.single()) {
            run(workers, dw.size(), step, dw, state);
        }
        Bits.check("dw", dwBefore.array(), dw.array());
        Rounded[] reference = new Rounded[state.length];
        for (int i = 0; i < dw.size(); i++) {
            for (int j = 0; j < state.length; j++) {
                reference[j] = Rounded.exact(before[j].get(i));
            }
            update(step, dw.get(i), reference);
            for (int j = 0; j < state.length; j++) {
                reference[j].check("state " + j + "[" + i + "] for dw = " + dw.get(i) + ", w = " + before[0].get(i),
                        state[j].get(i));
            }
        }
        for (int j = 0; j < state.length; j++) {
            state[j].checkSentinels("state " + j);
        }
    }

    private GuardedArray gradient(int n, Layout layout, Filling filling, int operand) {
        return operand(operand, layout, filling.operand(operand).values(n));
    }

    private GuardedArray[] states(int n, Layout layout, Filling filling) {
        GuardedArray[] states = new GuardedArray[memories() + 1];
        for (int j = 0; j < states.length; j++) {
            float[] values = filling.operand(j).values(n);
            if (j > 0) {
                for (int i = 0; i < n; i++) {
                    values[i] = Math.abs(values[i]);
                }
            }
            states[j] = operand(j, layout, values);
        }
        return states;
    }

    private GuardedArray operand(int operand, Layout layout, float... values) {
        // Operands at different distances from their arrays' starts, so that one offset used for another shows.
        return new Layout(layout.padding(), layout.before() + operand % 7, layout.after()).matrix(1, values.length)
                .fill(values);
    }
}
