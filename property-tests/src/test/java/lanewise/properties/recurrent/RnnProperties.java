package lanewise.properties.recurrent;

import static lanewise.properties.recurrent.SequenceOperands.column;
import static lanewise.properties.recurrent.SequenceOperands.doubles;
import static lanewise.properties.recurrent.SequenceOperands.nan;
import static lanewise.properties.recurrent.SequenceOperands.part;
import static lanewise.properties.recurrent.SequenceOperands.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import lanewise.kernels.Workers;
import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.RnnReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of plain recurrent networks. */
class RnnProperties {

    /** Sizes and operands. */
    private static final class Problem {

        private final RnnFunction function;
        private final int steps;
        private final int batch;
        private final int inputs;
        private final int hidden;
        private final float[] x;
        private final float[] wInput;
        private final float[] wHidden;
        private final float[] bias;
        private final float[] h0;
        private final int[] lengths;
        private float[] y;

        Problem(RnnFunction function, int steps, int batch, int inputs, int hidden, long seed) {
            this(function, steps, batch, inputs, hidden, uniform(seed, steps * batch * inputs),
                    uniform(seed + 1, hidden * inputs), uniform(seed + 2, hidden * hidden),
                    uniform(seed + 3, hidden), uniform(seed + 4, batch * hidden));
        }

        Problem(RnnFunction function, int steps, int batch, int inputs, int hidden, float[] x, float[] wInput,
                float[] wHidden, float[] bias, float[] h0) {
            this.function = function;
            this.steps = steps;
            this.batch = batch;
            this.inputs = inputs;
            this.hidden = hidden;
            this.x = x;
            this.wInput = wInput;
            this.wHidden = wHidden;
            this.bias = bias;
            this.h0 = h0;
            lengths = new int[batch];
            Arrays.fill(lengths, steps);
        }

        Problem forward(Workers workers) {
            y = nan(steps * batch * hidden);
            Rnn.forward(workers, function, steps, batch, inputs, hidden, x, 0, wInput, 0, wHidden, 0, bias, 0, h0, 0,
                    lengths, 0, y, 0);
            return this;
        }

        /** Gradients of x, wInput, wHidden, bias and h0. */
        float[][] backward(Workers workers, float[] dy) {
            float[] dSums = nan(y.length);
            float[][] d = {nan(x.length), nan(wInput.length), nan(wHidden.length), nan(bias.length), nan(h0.length)};
            Rnn.backward(workers, function, steps, batch, hidden, wHidden, 0, lengths, 0, y, 0, dy, 0, dSums, 0, d[4],
                    0);
            Rnn.backwardInput(workers, steps, batch, inputs, hidden, dSums, 0, wInput, 0, d[0], 0, false);
            Rnn.backwardWeights(workers, steps, batch, inputs, hidden, x, 0, h0, 0, y, 0, dSums, 0, d[1], 0, false,
                    d[2], 0, false, d[3], 0, false);
            return d;
        }
    }

    @Property(tries = 60)
    void statesAreThoseOfTheReference(@ForAll RnnFunction function, @ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll @IntRange(max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        Problem p = new Problem(function, steps, batch, inputs, hidden, seed);
        try (Workers workers = Workers.of(1 + (int) (seed & 1))) {
            p.forward(workers);
        }
        RnnReference exact = RnnReference.of(function, steps, batch, inputs, hidden, doubles(p.x), doubles(p.wInput),
                doubles(p.wHidden), doubles(p.bias), doubles(p.h0));
        for (int i = 0; i < p.y.length; i++) {
            Bounds.check("y[" + i + "]", exact.y()[i], exact.yBound()[i], p.y[i]);
        }
    }

    @Property(tries = 30)
    void aSequenceIsItsStepsOneByOne(@ForAll RnnFunction function, @ForAll @IntRange(min = 2, max = 5) int steps,
            @ForAll @IntRange(min = 1, max = 70) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        Problem whole = new Problem(function, steps, batch, inputs, hidden, seed);
        try (Workers workers = Workers.single()) {
            whole.forward(workers);
            float[] h = whole.h0;
            for (int t = 0; t < steps; t++) {
                h = new Problem(function, 1, batch, inputs, hidden, part(whole.x, t, batch * inputs), whole.wInput,
                        whole.wHidden, whole.bias, h).forward(workers).y;
                assertArrayEquals(part(whole.y, t, batch * hidden), h, "step " + t);
            }
        }
    }

    @Property(tries = 30)
    void aRowIsWhatItIsAlone(@ForAll RnnFunction function, @ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 2, max = 6) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        Problem all = new Problem(function, steps, batch, inputs, hidden, seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < batch; row++) {
            all.lengths[row] = random.nextInt(steps + 1);
        }
        float[] dy = uniform(seed + 6, steps * batch * hidden);
        try (Workers workers = Workers.single()) {
            float[][] d = all.forward(workers).backward(workers, dy);
            for (int row = 0; row < batch; row++) {
                int length = all.lengths[row];
                Problem alone = new Problem(function, length, 1, inputs, hidden,
                        column(all.x, row, batch, length, inputs), all.wInput, all.wHidden, all.bias,
                        part(all.h0, row, hidden)).forward(workers);
                float[][] dAlone = alone.backward(workers, column(dy, row, batch, length, hidden));
                assertArrayEquals(alone.y, column(all.y, row, batch, length, hidden), "y of row " + row);
                assertArrayEquals(dAlone[0], column(d[0], row, batch, length, inputs), "dx of row " + row);
                assertArrayEquals(dAlone[4], part(d[4], row, hidden), "dh0 of row " + row);
                for (float after : Arrays.copyOfRange(column(all.y, row, batch, steps, hidden), length * hidden,
                        steps * hidden)) {
                    assertEquals(0, after, "beyond the length of row " + row);
                }
            }
        }
    }

    @Property(tries = 16)
    void gradientsAreThoseOfTheReference(@ForAll RnnFunction function, @ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll @IntRange(min = 1, max = 3) int hidden, @ForAll long seed) {
        float[] dy = uniform(seed, steps * batch * hidden);
        GradientCheck.of(v -> {
            RnnReference exact = RnnReference.of(function, steps, batch, inputs, hidden, v[0], v[1], v[2], v[3],
                    v[4]);
            double sum = 0;
            for (int i = 0; i < dy.length; i++) {
                sum += dy[i] * exact.y()[i];
            }
            return sum;
        }, v -> {
            try (Workers workers = Workers.single()) {
                return new Problem(function, steps, batch, inputs, hidden, v[0], v[1], v[2], v[3], v[4])
                        .forward(workers).backward(workers, dy);
            }
        }).variable("x", steps * batch * inputs).variable("wInput", hidden * inputs)
                .variable("wHidden", hidden * hidden).variable("bias", hidden).variable("h0", batch * hidden)
                .roundings(64 * (steps + 2)).seed(seed).assertCorrect();
    }
}
