package lanewise.properties.recurrent;

import static lanewise.properties.Floats.doubles;
import static lanewise.properties.Floats.nan;
import static lanewise.properties.Floats.uniform;
import static lanewise.properties.recurrent.SequenceOperands.column;
import static lanewise.properties.recurrent.SequenceOperands.part;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.recurrent.Lstm;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.LstmReference;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of long short-term memory. */
class LstmProperties {

    /** Sizes and operands. */
    private static final class Problem {

        private final int steps;
        private final int batch;
        private final int inputs;
        private final int hidden;
        private final float[] x;
        private final float[] wInput;
        private final float[] wHidden;
        private final float[] bias;
        private final float[] peepholes;
        private final float[] h0;
        private final float[] c0;
        private int[] lengths;
        private float[] gates;
        private float[] c;
        private float[] y;

        Problem(int steps, int batch, int inputs, int hidden, long seed) {
            this(steps, batch, inputs, hidden, uniform(seed, steps * batch * inputs),
                    uniform(seed + 1, 4 * hidden * inputs), uniform(seed + 2, 4 * hidden * hidden),
                    uniform(seed + 3, 4 * hidden), uniform(seed + 8, 3 * hidden), uniform(seed + 4, batch * hidden),
                    uniform(seed + 5, batch * hidden));
        }

        Problem(int steps, int batch, int inputs, int hidden, float[] x, float[] wInput, float[] wHidden, float[] bias,
                float[] peepholes, float[] h0, float[] c0) {
            this.steps = steps;
            this.batch = batch;
            this.inputs = inputs;
            this.hidden = hidden;
            this.x = x;
            this.wInput = wInput;
            this.wHidden = wHidden;
            this.bias = bias;
            this.peepholes = peepholes;
            this.h0 = h0;
            this.c0 = c0;
            lengths = new int[batch];
            Arrays.fill(lengths, steps);
        }

        Problem with(float[] otherPeepholes) {
            return new Problem(steps, batch, inputs, hidden, x, wInput, wHidden, bias, otherPeepholes, h0, c0);
        }

        Problem forward(Workers workers) {
            gates = nan(steps * batch * 4 * hidden);
            c = nan(steps * batch * hidden);
            y = nan(steps * batch * hidden);
            Lstm.forward(workers, steps, batch, inputs, hidden, x, 0, wInput, 0, wHidden, 0, bias, 0, peepholes, 0, h0,
                    0, c0, 0,
                    lengths, 0, gates, 0, c, 0, y, 0);
            return this;
        }

        /** Gradients of x, wInput, wHidden, bias, h0, c0 and peepholes. */
        float[][] backward(Workers workers, float[] dy, float[] dcN) {
            float[] dGates = nan(gates.length);
            float[][] d = {nan(x.length), nan(wInput.length), nan(wHidden.length), nan(bias.length), nan(h0.length),
                    nan(c0.length), nan(3 * hidden)};
            Lstm.backward(workers, steps, batch, hidden, wHidden, 0, peepholes, 0, c0, 0, lengths, 0, gates, 0, c, 0,
                    dy, 0, dcN, 0,
                    dGates, 0, d[4], 0, d[5], 0);
            Lstm.backwardInput(workers, steps, batch, inputs, hidden, dGates, 0, wInput, 0, d[0], 0, false);
            Lstm.backwardWeights(workers, steps, batch, inputs, hidden, x, 0, h0, 0, y, 0, dGates, 0, d[1], 0, false,
                    d[2], 0, false, d[3], 0, false);
            Lstm.backwardPeepholes(workers, steps, batch, hidden, c0, 0, c, 0, dGates, 0, d[6], 0, false);
            return d;
        }
    }

    @Property(tries = 60)
    void statesAndCellsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll @IntRange(max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        Problem p = new Problem(steps, batch, inputs, hidden, seed);
        try (Workers workers = Workers.of(1 + (int) (seed & 1))) {
            p.forward(workers);
        }
        LstmReference exact = LstmReference.of(steps, batch, inputs, hidden, doubles(p.x), doubles(p.wInput),
                doubles(p.wHidden), doubles(p.bias), doubles(p.peepholes), doubles(p.h0), doubles(p.c0));
        for (int i = 0; i < p.y.length; i++) {
            Bounds.check("c[" + i + "]", exact.c()[i], exact.cBound()[i], p.c[i]);
            Bounds.check("y[" + i + "]", exact.y()[i], exact.yBound()[i], p.y[i]);
        }
    }

    @Property(tries = 30)
    void aSequenceIsItsStepsOneByOne(@ForAll @IntRange(min = 2, max = 5) int steps,
            @ForAll @IntRange(min = 1, max = 70) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        assertSequenceIsItsSteps(steps, batch, inputs, hidden, seed);
    }

    /** The inputs of its steps are multiplied by two products. */
    @Example
    void aLongSequenceIsItsStepsOneByOne() {
        assertSequenceIsItsSteps(70, 16, 3, 64, 1);
    }

    private static void assertSequenceIsItsSteps(int steps, int batch, int inputs, int hidden, long seed) {
        Problem whole = new Problem(steps, batch, inputs, hidden, seed);
        try (Workers workers = Workers.single()) {
            whole.forward(workers);
            float[] h = whole.h0;
            float[] c = whole.c0;
            for (int t = 0; t < steps; t++) {
                Problem step = new Problem(1, batch, inputs, hidden, part(whole.x, t, batch * inputs), whole.wInput,
                        whole.wHidden, whole.bias, whole.peepholes, h, c).forward(workers);
                assertArrayEquals(part(whole.y, t, batch * hidden), step.y, "step " + t);
                h = step.y;
                c = step.c;
            }
        }
    }

    @Property(tries = 30)
    void aRowIsWhatItIsAlone(@ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 2, max = 6) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        Problem all = new Problem(steps, batch, inputs, hidden, seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < batch; row++) {
            all.lengths[row] = random.nextInt(steps + 1);
        }
        float[] dy = uniform(seed + 6, steps * batch * hidden);
        float[] dcN = uniform(seed + 7, batch * hidden);
        try (Workers workers = Workers.single()) {
            float[][] d = all.forward(workers).backward(workers, dy, dcN);
            for (int row = 0; row < batch; row++) {
                int length = all.lengths[row];
                Problem alone = new Problem(length, 1, inputs, hidden, column(all.x, row, batch, length, inputs),
                        all.wInput, all.wHidden, all.bias, all.peepholes, part(all.h0, row, hidden),
                        part(all.c0, row, hidden))
                        .forward(workers);
                float[][] dAlone = alone.backward(workers, column(dy, row, batch, length, hidden),
                        part(dcN, row, hidden));
                assertArrayEquals(alone.y, column(all.y, row, batch, length, hidden), "y of row " + row);
                assertArrayEquals(dAlone[0], column(d[0], row, batch, length, inputs), "dx of row " + row);
                if (length > 0) {
                    assertArrayEquals(dAlone[4], part(d[4], row, hidden), "dh0 of row " + row);
                    assertArrayEquals(dAlone[5], part(d[5], row, hidden), "dc0 of row " + row);
                }
                for (float after : Arrays.copyOfRange(column(all.y, row, batch, steps, hidden), length * hidden,
                        steps * hidden)) {
                    assertEquals(0, after, "beyond the length of row " + row);
                }
            }
        }
    }

    /** No peepholes, and peepholes of zeros, are two ways through the kernel. */
    @Property(tries = 20)
    void withoutPeepholesIsAsWithZeros(@ForAll @IntRange(min = 1, max = 3) int steps,
            @ForAll @IntRange(min = 1, max = 3) int batch, @ForAll @IntRange(min = 1, max = 40) int hidden,
            @ForAll long seed) {
        Problem zeros = new Problem(steps, batch, 3, hidden, seed).with(new float[3 * hidden]);
        Problem none = zeros.with(null);
        float[] dy = uniform(seed + 6, steps * batch * hidden);
        float[] dcN = uniform(seed + 7, batch * hidden);
        try (Workers workers = Workers.single()) {
            float[][] expected = zeros.forward(workers).backward(workers, dy, dcN);
            float[][] actual = none.forward(workers).backward(workers, dy, dcN);
            assertArrayEquals(zeros.y, none.y);
            assertArrayEquals(zeros.c, none.c);
            for (int i = 0; i < 6; i++) {
                assertArrayEquals(expected[i], actual[i], "gradient " + i);
            }
        }
    }

    @Property(tries = 12)
    void gradientsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll @IntRange(min = 1, max = 3) int hidden, @ForAll long seed) {
        check(steps, batch, inputs, hidden, seed);
    }

    /** One vector of units and a rest. */
    @Property(tries = 3)
    void gradientsAreThoseOfTheReferenceForWholeVectors(@ForAll @IntRange(min = 2, max = 3) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll long seed) {
        check(steps, batch, inputs, Lanes.LANES + 1, seed);
    }

    private static void check(int steps, int batch, int inputs, int hidden, long seed) {
        float[] dy = uniform(seed, steps * batch * hidden);
        float[] dcN = uniform(seed + 1, batch * hidden);
        GradientCheck.of(v -> {
            LstmReference exact = LstmReference.of(steps, batch, inputs, hidden, v[0], v[1], v[2], v[3], v[6], v[4],
                    v[5]);
            double sum = 0;
            for (int i = 0; i < dy.length; i++) {
                sum += dy[i] * exact.y()[i];
            }
            for (int i = 0; i < dcN.length; i++) {
                sum += dcN[i] * exact.c()[(steps - 1) * batch * hidden + i];
            }
            return sum;
        }, v -> {
            try (Workers workers = Workers.single()) {
                return new Problem(steps, batch, inputs, hidden, v[0], v[1], v[2], v[3], v[6], v[4], v[5])
                        .forward(workers)
                        .backward(workers, dy, dcN);
            }
        }).variable("x", steps * batch * inputs).variable("wInput", 4 * hidden * inputs)
                .variable("wHidden", 4 * hidden * hidden).variable("bias", 4 * hidden).variable("h0", batch * hidden)
                .variable("c0", batch * hidden).variable("peepholes", 3 * hidden).roundings(64 * (steps + 2)).seed(seed)
                .assertCorrect();
    }
}
