package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurrentLayersTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Generator random = new Generator(1);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void namesAndShapesArePyTorchs() {
        LSTM lstm = new LSTM(3, 5, 2, true, random);

        assertEquals(Shape.of(20, 3), lstm.stateDict().get("weight_ih_l0").shape());
        assertEquals(Shape.of(20, 10), lstm.stateDict().get("weight_ih_l1_reverse").shape());
        assertEquals(Shape.of(20, 5), lstm.stateDict().get("weight_hh_l1").shape());
        assertEquals(16, lstm.stateDict().size());
        try (Step step = tape.inference()) {
            RecurrentOutput output = lstm.run(input(step, 4, 2, 3), null, null, null);
            assertEquals(Shape.of(4, 2, 10), output.y().shape());
            assertEquals(Shape.of(4, 2, 5), output.h().shape());
            assertEquals(Shape.of(4, 2, 5), output.c().shape());
            // The last state of the other direction is that of the first step.
            assertArrayEquals(Arrays.copyOfRange(output.y().toArray(), 5, 10),
                    Arrays.copyOfRange(output.h().toArray(), 30, 35));
            assertArrayEquals(Arrays.copyOfRange(output.y().toArray(), 60, 65),
                    Arrays.copyOfRange(output.h().toArray(), 20, 25));
        }
    }

    @Test
    void carryingTheStateIsGoingOn() {
        LSTM lstm = new LSTM(3, 5, 2, false, random);
        float[] x = new float[6 * 2 * 3];
        new Generator(4).normal(Tensor.of(x, x.length), 0, 1);
        float[] whole;
        float[] rest;
        RecurrentOutput carried;
        try (Step step = tape.inference()) {
            whole = lstm.forward(step.tensor(x, 6, 2, 3)).toArray();
        }
        try (Step step = tape.inference()) {
            carried = lstm.run(step.tensor(Arrays.copyOf(x, 24), 4, 2, 3), null, null, null).carried();
        }
        try (Step step = tape.inference()) {
            rest = lstm.run(step.tensor(Arrays.copyOfRange(x, 24, 36), 2, 2, 3), null, step.tensor(carried.h()),
                    step.tensor(carried.c())).y().toArray();
        }
        assertArrayEquals(Arrays.copyOfRange(whole, 40, 60), rest);
    }

    /** Truncated back-propagation: with a window as long as the sequence it is the whole one, bit for bit. */
    @Test
    void aWindowOfTheWholeLengthTruncatesNothing() {
        LSTM lstm = new LSTM(3, 5, 2, false, random);
        float[] x = new float[6 * 2 * 3];
        new Generator(4).normal(Tensor.of(x, x.length), 0, 1);
        lstm.zeroGrad();
        try (Step step = tape.step()) {
            lstm.forward(step.tensor(x, 6, 2, 3)).sum().backward();
        }
        float[][] whole = gradients(lstm);
        truncated(lstm, x, 6);
        assertArrayEquals(whole, gradients(lstm));
        truncated(lstm, x, 2);
        assertFalse(Arrays.deepEquals(whole, gradients(lstm)));
    }

    /** Goes through windows of so many steps; states are carried, gradients add up. */
    private void truncated(LSTM lstm, float[] x, int window) {
        lstm.zeroGrad();
        RecurrentOutput carried = new RecurrentOutput(null, Tensor.of(new float[20], 2, 2, 5),
                Tensor.of(new float[20], 2, 2, 5));
        for (int from = 0; from < 6; from += window) {
            try (Step step = tape.step()) {
                RecurrentOutput output = lstm.run(
                        step.tensor(Arrays.copyOfRange(x, from * 6, (from + window) * 6), window, 2, 3), null,
                        step.tensor(carried.h()), step.tensor(carried.c()));
                output.y().sum().backward();
                carried = output.carried();
            }
        }
    }

    private static float[][] gradients(LSTM lstm) {
        return lstm.parameters().stream().map(parameter -> parameter.grad().toArray()).toArray(float[][]::new);
    }

    @Test
    void aShortSequenceIsWhatItIsAlone() {
        LSTM lstm = new LSTM(3, 5, 2, true, random);
        float[] x = new float[4 * 2 * 3];
        new Generator(4).normal(Tensor.of(x, x.length), 0, 1);
        float[] alone = new float[2 * 3];
        for (int t = 0; t < 2; t++) {
            System.arraycopy(x, (t * 2 + 1) * 3, alone, t * 3, 3);
        }
        try (Step step = tape.inference()) {
            RecurrentOutput both = lstm.run(step.tensor(x, 4, 2, 3), new int[]{4, 2}, null, null);
            RecurrentOutput one = lstm.run(step.tensor(alone, 2, 1, 3), null, null, null);
            for (int t = 0; t < 2; t++) {
                assertArrayEquals(Arrays.copyOfRange(one.y().toArray(), t * 10, t * 10 + 10),
                        Arrays.copyOfRange(both.y().toArray(), (t * 2 + 1) * 10, (t * 2 + 2) * 10));
            }
            for (int k = 0; k < 4; k++) {
                assertArrayEquals(Arrays.copyOfRange(one.c().toArray(), k * 5, k * 5 + 5),
                        Arrays.copyOfRange(both.c().toArray(), (k * 2 + 1) * 5, (k * 2 + 2) * 5));
            }
        }
    }

    /** A cell with the weights of a layer gives the layer's states, bit for bit. */
    @Test
    void cellsAreStepsOfTheirLayers() {
        LSTM lstm = new LSTM(3, 5, new Generator(7));
        LSTMCell lstmCell = new LSTMCell(3, 5, new Generator(7));
        GRU gru = new GRU(3, 5, new Generator(7));
        GRUCell gruCell = new GRUCell(3, 5, new Generator(7));
        RNN rnn = new RNN(3, 5, new Generator(7)).relu();
        RNNCell rnnCell = new RNNCell(3, 5, new Generator(7)).relu();
        try (Step step = tape.inference()) {
            Tensor x = input(step, 4, 2, 3);
            float[] ofLstm = lstm.forward(x).toArray();
            float[] ofGru = gru.forward(x).toArray();
            float[] ofRnn = rnn.forward(x).toArray();
            LSTMCell.State state = null;
            Tensor units = null;
            Tensor states = null;
            for (int t = 0; t < 4; t++) {
                Tensor now = x.slice(0, t, t + 1).reshape(Shape.of(2, 3));
                state = lstmCell.forward(now, state);
                units = gruCell.forward(now, units);
                states = rnnCell.forward(now, states);
                assertArrayEquals(Arrays.copyOfRange(ofLstm, t * 10, t * 10 + 10), state.h().toArray());
                assertArrayEquals(Arrays.copyOfRange(ofGru, t * 10, t * 10 + 10), units.toArray());
                assertArrayEquals(Arrays.copyOfRange(ofRnn, t * 10, t * 10 + 10), states.toArray());
            }
            Tensor wrong = input(step, 2, 4);
            assertEquals("GRUCell: h is [2, 4], need [2, 5]",
                    assertThrows(IllegalArgumentException.class, () -> gruCell.forward(input(step, 2, 3), wrong))
                            .getMessage());
            assertEquals("GRUCell: input is [2, 4], need [batch, 3], not empty",
                    assertThrows(IllegalArgumentException.class, () -> gruCell.forward(input(step, 2, 4)))
                            .getMessage());
        }
        assertEquals(List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
                List.copyOf(lstmCell.stateDict().keySet()));
    }

    @Test
    void peepholesAreNamedAndTrained() {
        LSTM lstm = LSTM.withPeepholes(3, 5, 1, false, random);

        assertEquals(Shape.of(15), lstm.stateDict().get("weight_ph_l0").shape());
        try (Step step = tape.step()) {
            lstm.forward(input(step, 4, 2, 3)).sum().backward();
        }
        assertTrue(lstm.namedParameters().get("weight_ph_l0").hasGrad());
    }

    @Test
    void unitsHaveNoCells() {
        GRU gru = new GRU(3, 5, 2, true, random);

        assertEquals(Shape.of(15, 10), gru.stateDict().get("weight_ih_l1_reverse").shape());
        try (Step step = tape.inference()) {
            RecurrentOutput output = gru.run(input(step, 4, 2, 3), new int[]{4, 2}, null);
            assertEquals(Shape.of(4, 2, 10), output.y().shape());
            assertEquals(Shape.of(4, 2, 5), output.h().shape());
            assertEquals(null, output.c());
            assertArrayEquals(new float[10], Arrays.copyOfRange(output.y().toArray(), 70, 80), "beyond the end");
        }
    }

    @Test
    void gradientsOfFrozenWeightsAreNotAskedFor() {
        for (boolean lstm : new boolean[]{true, false}) {
            var layer = lstm ? new LSTM(3, 5, random) : new GRU(3, 5, random);
            layer.parameters().get(0).requiresGrad(false);
            try (Step step = tape.step()) {
                layer.forward(input(step, 4, 2, 3)).sum().backward();
            }
            assertEquals(List.of(false, true, true, true),
                    layer.parameters().stream().map(Tensor::hasGrad).toList());
        }
    }

    /** Whether the first number of a sequence was positive, asked four steps later. */
    @Test
    void learnsToRemember() {
        LSTM lstm = new LSTM(1, 8, random);
        Linear head = new Linear(8, 2, random);
        var all = lstm.parameters();
        all.addAll(head.parameters());
        Adam adam = new Adam(workers, all, 0.02f);
        float[] x = new float[5 * 32];
        int[] labels = new int[32];
        double right = 0;
        for (int i = 0; i < 400; i++) {
            new Generator(i).normal(Tensor.of(x, x.length), 0, 1);
            for (int row = 0; row < 32; row++) {
                labels[row] = x[row] > 0 ? 1 : 0;
            }
            try (Step step = tape.step()) {
                Tensor h = lstm.run(step.tensor(x, 5, 32, 1), null, null, null).h().reshape(Shape.of(32, 8));
                Tensor logits = head.forward(h);
                int[] answers = new int[32];
                logits.argMaxRows(answers, 0);
                for (int row = 0; i >= 390 && row < 32; row++) {
                    right += answers[row] == labels[row] ? 1 : 0;
                }
                Losses.crossEntropy(logits, labels).backward();
                adam.step();
            }
        }
        double share = right / 320;
        assertTrue(share > 0.9, () -> "share right " + share);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        LSTM lstm = new LSTM(3, 5, random);
        try (Step step = tape.inference()) {
            assertEquals("LSTM: input is [2, 3], need [steps, batch, 3], not empty",
                    assertThrows(IllegalArgumentException.class, () -> lstm.forward(input(step, 2, 3))).getMessage());
            assertEquals("lstm: lengths[1] = 5, need 1 <= length <= 4, the steps of x",
                    assertThrows(IllegalArgumentException.class,
                            () -> lstm.run(input(step, 4, 2, 3), new int[]{4, 5}, null, null)).getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> new LSTM(0, 5, random));
    }

    private static Tensor input(Step step, int... sizes) {
        Tensor x = Tensor.of(new float[Shape.of(sizes).size()], sizes);
        new Generator(3).normal(x, 0, 1);
        return step.tensor(x);
    }
}
