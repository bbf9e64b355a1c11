package lanewise.properties.gradient;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.layer.GRU;
import lanewise.nn.layer.GRUCell;
import lanewise.nn.layer.LSTM;
import lanewise.nn.layer.LSTMCell;
import lanewise.nn.layer.RNN;
import lanewise.nn.layer.RNNCell;
import lanewise.nn.layer.RecurrentOutput;
import lanewise.testing.GradientCheck;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gradients of recurrent layers are the differences of their own results. */
class RecurrentGradientProperties {

    @Property(tries = 10)
    void longShortTermMemory(@ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @IntRange(min = 1, max = 2) int batch, @ForAll @IntRange(min = 1, max = 2) int layers,
            @ForAll boolean bidirectional, @ForAll boolean residual, @ForAll boolean peepholes, @ForAll long seed) {
        Generator random = new Generator(seed);
        LSTM layer = peepholes
                ? LSTM.withPeepholes(2, 3, layers, bidirectional, random)
                : new LSTM(2, 3, layers, bidirectional, random);
        GradientCheck.of(residual ? layer.residual() : layer).input(steps, batch, 2).seed(seed).assertCorrect();
    }

    @Property(tries = 12)
    void gatedRecurrentUnits(@ForAll @IntRange(min = 1, max = 4) int steps,
            @ForAll @IntRange(min = 1, max = 2) int layers, @ForAll boolean bidirectional,
            @ForAll boolean resetBefore, @ForAll long seed) {
        GRU layer = new GRU(2, 3, layers, bidirectional, new Generator(seed));
        GradientCheck.of(resetBefore ? layer.resetBefore() : layer).input(steps, 2, 2).seed(seed).assertCorrect();
    }

    @Property(tries = 12)
    void plainRecurrence(@ForAll @IntRange(min = 1, max = 4) int steps, @ForAll @IntRange(min = 1, max = 2) int layers,
            @ForAll boolean bidirectional, @ForAll boolean relu, @ForAll long seed) {
        RNN layer = new RNN(2, 3, layers, bidirectional, new Generator(seed));
        GradientCheck.of(relu ? layer.relu() : layer).input(steps, 2, 2).seed(seed).assertCorrect();
    }

    /** Once called wrong: a kink within the last distance, which passes for noise. */
    @Example
    void aKinkThatPassesForNoiseIsNoAlarm() {
        GradientCheck.of(new RNN(2, 3, 2, false, new Generator(71)).relu()).input(4, 2, 2).seed(71).assertCorrect();
    }

    /** Two steps by a cell of each kind. */
    @Property(tries = 6)
    void cells(@ForAll long seed) {
        Generator random = new Generator(seed);
        LSTMCell lstm = new LSTMCell(2, 3, random);
        GRUCell gru = new GRUCell(2, 3, random);
        RNNCell rnn = new RNNCell(2, 3, random);
        GradientCheck.of(new Module() {
            {
                register("lstm", lstm);
                register("gru", gru);
                register("rnn", rnn);
            }

            @Override
            public Tensor forward(Tensor x) {
                LSTMCell.State state = lstm.forward(x, lstm.forward(x, null));
                return Tensor.concat(1, state.h(), state.c(), gru.forward(x, gru.forward(x)),
                        rnn.forward(x, rnn.forward(x)));
            }
        }).input(2, 2).seed(seed).assertCorrect();
    }

    @Property(tries = 10)
    void lastStatesAndCells(@ForAll @IntRange(min = 1, max = 2) int layers, @ForAll boolean bidirectional,
            @ForAll long seed) {
        LSTM layer = new LSTM(2, 3, layers, bidirectional, new Generator(seed));
        for (boolean cells : new boolean[]{false, true}) {
            GradientCheck.of(new Module() {
                private final LSTM inner = register("lstm", layer);

                @Override
                public Tensor forward(Tensor x) {
                    RecurrentOutput output = inner.run(x, new int[]{3, 1}, null, null);
                    return cells ? output.c() : output.h();
                }
            }).input(3, 2, 2).seed(seed).assertCorrect();
        }
    }
}
