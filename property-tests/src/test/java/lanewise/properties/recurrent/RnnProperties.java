package lanewise.properties.recurrent;

import static lanewise.properties.Floats.doubles;
import static lanewise.properties.Floats.nan;
import static lanewise.properties.Floats.uniform;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
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

    private static final class Problem extends SequenceProblem {

        private final RnnFunction function;

        Problem(RnnFunction function, int steps, int batch, int inputs, int hidden, long seed) {
            this(function, steps, batch, inputs, hidden, uniform(seed, steps * batch * inputs),
                    uniform(seed + 1, hidden * inputs), uniform(seed + 2, hidden * hidden),
                    uniform(seed + 3, hidden), uniform(seed + 4, batch * hidden));
        }

        Problem(RnnFunction function, int steps, int batch, int inputs, int hidden, float[] x, float[] wInput,
                float[] wHidden, float[] bias, float[] h0) {
            super(steps, batch, inputs, hidden, x, wInput, wHidden, bias, h0);
            this.function = function;
        }

        @Override
        Problem with(int steps, int batch, float[] x, float[] h0) {
            return new Problem(function, steps, batch, inputs, hidden, x, wInput, wHidden, bias, h0);
        }

        @Override
        Problem forward(Workers workers) {
            y = nan(steps * batch * hidden);
            Rnn.forward(workers, function, steps, batch, inputs, hidden, x, 0, wInput, 0, wHidden, 0, bias, 0, h0, 0,
                    lengths, 0, y, 0);
            return this;
        }

        @Override
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
        new Problem(function, steps, batch, inputs, hidden, seed).assertSequenceIsItsSteps();
    }

    @Property(tries = 30)
    void aRowIsWhatItIsAlone(@ForAll RnnFunction function, @ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 2, max = 6) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        new Problem(function, steps, batch, inputs, hidden, seed).assertRowsAreWhatTheyAreAlone(seed);
    }

    @Property(tries = 12)
    void gradientsAreThoseOfTheReference(@ForAll RnnFunction function, @ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll @IntRange(min = 1, max = 3) int hidden, @ForAll long seed) {
        check(function, steps, batch, inputs, hidden, seed);
    }

    /** One vector of units and a rest. */
    @Property(tries = 3)
    void gradientsAreThoseOfTheReferenceForWholeVectors(@ForAll @IntRange(min = 2, max = 3) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll long seed) {
        for (RnnFunction function : RnnFunction.values()) {
            check(function, steps, batch, inputs, Lanes.LANES + 1, seed);
        }
    }

    private static void check(RnnFunction function, int steps, int batch, int inputs, int hidden, long seed) {
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
