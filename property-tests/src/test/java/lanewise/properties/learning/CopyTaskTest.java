package lanewise.properties.learning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.GRU;
import lanewise.nn.layer.LSTM;
import lanewise.nn.layer.Linear;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The copy task (Hochreiter and Schmidhuber 1997; Arjovsky, Shah and Bengio 2016): ten symbols of eight, a pause of fifty steps, a mark,
 * and then the ten symbols are asked for. Gates begin with memories of all lengths (Tallec and Ollivier 2018).
 */
@Tag("learning")
class CopyTaskTest {

    private static final int SYMBOLS = 8;
    private static final int COPIED = 10;
    private static final int PAUSE = 50;
    private static final int STEPS = PAUSE + 2 * COPIED;
    private static final int BLANK = 0;
    private static final int MARK = SYMBOLS + 1;
    private static final int VOCABULARY = SYMBOLS + 2;
    private static final int BATCH = 64;
    private static final int HIDDEN = 128;
    private static final int TRAINED = 12_000;
    private static final int TESTED = 20;
    private static final float RATE = 4e-3f;
    /** Of the last sixth of the training. */
    private static final float LAST_RATE = 4e-4f;
    private static final double SOLVED = 0.99;

    @Test
    void cellsSolveIt() {
        Generator random = new Generator(1);
        LSTM lstm = new LSTM(VOCABULARY, HIDDEN, random);
        // Gates i, f, g, o.
        remember(lstm, 0, -1);
        remember(lstm, 1, 1);
        double share = share("LSTM", lstm, random);
        assertTrue(share > SOLVED, () -> "share of symbols right: " + share);
    }

    @Test
    void unitsSolveIt() {
        Generator random = new Generator(1);
        GRU gru = new GRU(VOCABULARY, HIDDEN, random);
        // Gates r, z, n.
        remember(gru, 1, 1);
        double share = share("GRU", gru, random);
        assertTrue(share > SOLVED, () -> "share of symbols right: " + share);
    }

    /** Sets the bias of a gate to that of memories between one step and all of them. */
    private static void remember(Module recurrent, int gate, int sign) {
        Random random = new Random(3);
        Parameter ofInput = recurrent.namedParameters().get("bias_ih_l0");
        Parameter ofState = recurrent.namedParameters().get("bias_hh_l0");
        for (int unit = 0; unit < HIDDEN; unit++) {
            int at = gate * HIDDEN + unit;
            ofInput.data()[ofInput.offset() + at] = sign * (float) Math.log(1 + random.nextDouble() * (STEPS - 2));
            ofState.data()[ofState.offset() + at] = 0;
        }
    }

    /** The share of the symbols that a trained network gives back. */
    private static double share(String name, Module recurrent, Generator generator) {
        Module network = new Sequential(recurrent, new Linear(HIDDEN, VOCABULARY, generator));
        Random random = new Random(2);
        float[] x = new float[STEPS * BATCH * VOCABULARY];
        int[] labels = new int[STEPS * BATCH];
        int[] answers = new int[STEPS * BATCH];
        Shape rows = Shape.of(STEPS * BATCH, VOCABULARY);
        int asked = (COPIED + PAUSE) * BATCH;
        int right = 0;
        try (Workers workers = Workers.of(2); Tape tape = new Tape(workers)) {
            Adam adam = new Adam(workers, network.parameters(), RATE);
            for (int i = 0; i < TRAINED; i++) {
                draw(random, x, labels);
                try (Step step = tape.step()) {
                    Tensor y = network.forward(step.tensor(x, STEPS, BATCH, VOCABULARY)).reshape(rows);
                    Losses.crossEntropy(y, labels).backward();
                }
                if (i == TRAINED / 6 * 5) {
                    adam.groups().forEach(group -> group.learningRate(LAST_RATE));
                }
                adam.clipGradNorm(1);
                adam.step();
                adam.zeroGrad();
            }
            for (int i = 0; i < TESTED; i++) {
                draw(random, x, labels);
                try (Step step = tape.inference()) {
                    network.forward(step.tensor(x, STEPS, BATCH, VOCABULARY)).reshape(rows).argMaxRows(answers, 0);
                }
                for (int at = asked; at < labels.length; at++) {
                    right += answers[at] == labels[at] ? 1 : 0;
                }
            }
        }
        double share = right / (double) (TESTED * COPIED * BATCH);
        System.out.printf("copy task, %s: share of symbols right %.4f%n", name, share);
        return share;
    }

    private static void draw(Random random, float[] x, int[] labels) {
        Arrays.fill(x, 0f);
        Arrays.fill(labels, BLANK);
        for (int row = 0; row < BATCH; row++) {
            for (int t = 0; t < STEPS; t++) {
                int symbol = t == COPIED + PAUSE - 1 ? MARK : BLANK;
                if (t < COPIED) {
                    symbol = 1 + random.nextInt(SYMBOLS);
                    labels[(t + COPIED + PAUSE) * BATCH + row] = symbol;
                }
                x[(t * BATCH + row) * VOCABULARY + symbol] = 1;
            }
        }
    }
}
