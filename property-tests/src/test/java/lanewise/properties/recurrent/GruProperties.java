package lanewise.properties.recurrent;

import static lanewise.properties.Floats.doubles;
import static lanewise.properties.Floats.nan;
import static lanewise.properties.Floats.uniform;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.recurrent.Gru;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.GruReference;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of gated recurrent units, with the reset after the product and before it. */
class GruProperties {

    private static final class Problem extends SequenceProblem {

        private final boolean resetAfter;
        private float[] gates;

        Problem(boolean resetAfter, int steps, int batch, int inputs, int hidden, long seed) {
            this(resetAfter, steps, batch, inputs, hidden, uniform(seed, steps * batch * inputs),
                    uniform(seed + 1, 3 * hidden * inputs), uniform(seed + 2, 3 * hidden * hidden),
                    uniform(seed + 3, 4 * hidden), uniform(seed + 4, batch * hidden));
        }

        Problem(boolean resetAfter, int steps, int batch, int inputs, int hidden, float[] x, float[] wInput,
                float[] wHidden, float[] bias, float[] h0) {
            super(steps, batch, inputs, hidden, x, wInput, wHidden, bias, h0);
            this.resetAfter = resetAfter;
        }

        @Override
        Problem with(int steps, int batch, float[] x, float[] h0) {
            return new Problem(resetAfter, steps, batch, inputs, hidden, x, wInput, wHidden, bias, h0);
        }

        @Override
        Problem forward(Workers workers) {
            gates = nan(steps * batch * 4 * hidden);
            y = nan(steps * batch * hidden);
            Gru.forward(workers, resetAfter, steps, batch, inputs, hidden, x, 0, wInput, 0, wHidden, 0, bias, 0, h0, 0,
                    lengths, 0, gates, 0, y, 0);
            return this;
        }

        @Override
        float[][] backward(Workers workers, float[] dy) {
            float[] dGates = nan(gates.length);
            float[][] d = {nan(x.length), nan(wInput.length), nan(wHidden.length), nan(bias.length), nan(h0.length)};
            Gru.backward(workers, resetAfter, steps, batch, hidden, wHidden, 0, h0, 0, lengths, 0, gates, 0, y, 0, dy,
                    0, dGates, 0, d[4], 0);
            Gru.backwardInput(workers, steps, batch, inputs, hidden, dGates, 0, wInput, 0, d[0], 0, false);
            Gru.backwardWeights(workers, resetAfter, steps, batch, inputs, hidden, x, 0, h0, 0, gates, 0, y, 0, dGates,
                    0, d[1], 0, false, d[2], 0, false, d[3], 0, false);
            return d;
        }
    }

    @Property(tries = 60)
    void statesAreThoseOfTheReference(@ForAll boolean resetAfter, @ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 1, max = 4) int batch, @ForAll @IntRange(max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        Problem p = new Problem(resetAfter, steps, batch, inputs, hidden, seed);
        try (Workers workers = Workers.of(1 + (int) (seed & 1))) {
            p.forward(workers);
        }
        GruReference exact = GruReference.of(resetAfter, steps, batch, inputs, hidden, doubles(p.x), doubles(p.wInput),
                doubles(p.wHidden), doubles(p.bias), doubles(p.h0));
        for (int i = 0; i < p.y.length; i++) {
            Bounds.check("y[" + i + "]", exact.y()[i], exact.yBound()[i], p.y[i]);
        }
    }

    @Property(tries = 30)
    void aSequenceIsItsStepsOneByOne(@ForAll boolean resetAfter, @ForAll @IntRange(min = 2, max = 5) int steps,
            @ForAll @IntRange(min = 1, max = 70) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        new Problem(resetAfter, steps, batch, inputs, hidden, seed).assertSequenceIsItsSteps();
    }

    /** The inputs of its steps are multiplied by two products. */
    @Example
    void aLongSequenceIsItsStepsOneByOne() {
        new Problem(true, 70, 16, 3, 64, 1).assertSequenceIsItsSteps();
        new Problem(false, 70, 16, 3, 64, 1).assertSequenceIsItsSteps();
    }

    @Property(tries = 30)
    void aRowIsWhatItIsAlone(@ForAll boolean resetAfter, @ForAll @IntRange(min = 1, max = 5) int steps,
            @ForAll @IntRange(min = 2, max = 6) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 40) int hidden, @ForAll long seed) {
        new Problem(resetAfter, steps, batch, inputs, hidden, seed).assertRowsAreWhatTheyAreAlone(seed);
    }

    @Property(tries = 12)
    void gradientsAreThoseOfTheReference(@ForAll boolean resetAfter, @ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll @IntRange(min = 1, max = 3) int hidden, @ForAll long seed) {
        check(resetAfter, steps, batch, inputs, hidden, seed);
    }

    /** One vector of units and a rest. */
    @Property(tries = 3)
    void gradientsAreThoseOfTheReferenceForWholeVectors(@ForAll @IntRange(min = 2, max = 3) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 3) int inputs,
            @ForAll long seed) {
        check(true, steps, batch, inputs, Lanes.LANES + 1, seed);
        check(false, steps, batch, inputs, Lanes.LANES + 1, seed);
    }

    private static void check(boolean resetAfter, int steps, int batch, int inputs, int hidden, long seed) {
        float[] dy = uniform(seed, steps * batch * hidden);
        GradientCheck.of(v -> {
            GruReference exact = GruReference.of(resetAfter, steps, batch, inputs, hidden, v[0], v[1], v[2], v[3],
                    v[4]);
            double sum = 0;
            for (int i = 0; i < dy.length; i++) {
                sum += dy[i] * exact.y()[i];
            }
            return sum;
        }, v -> {
            try (Workers workers = Workers.single()) {
                return new Problem(resetAfter, steps, batch, inputs, hidden, v[0], v[1], v[2], v[3], v[4])
                        .forward(workers).backward(workers, dy);
            }
        }).variable("x", steps * batch * inputs).variable("wInput", 3 * hidden * inputs)
                .variable("wHidden", 3 * hidden * hidden).variable("bias", 4 * hidden).variable("h0", batch * hidden)
                .roundings(64 * (steps + 2)).seed(seed).assertCorrect();
    }
}
