package lanewise.properties.learning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.LSTM;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.RNN;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997): of a hundred numbers two are marked, and their sum is asked for at the end.
 * The mean as the answer has an error of 0.408. A network that keeps its cells learns it; one with states only does not, in
 * the same time.
 */
@Tag("learning")
class AddingProblemTest {

    private static final int STEPS = 100;
    private static final int BATCH = 64;
    private static final int HIDDEN = 64;
    private static final int TRAINED = 5_000;
    private static final int TESTED = 20;

    /** The state after the last step, and a linear layer. */
    private static final class Last extends Module {

        private final Module recurrent;
        private final Linear head;

        Last(Module recurrent, Generator random) {
            this.recurrent = register("recurrent", recurrent);
            head = register("head", new Linear(HIDDEN, 1, random));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor last = recurrent.forward(x).slice(0, STEPS - 1, STEPS);
            return head.forward(last.reshape(Shape.of(BATCH, HIDDEN)));
        }
    }

    @Test
    void cellsRememberWhatStatesForget() {
        Generator random = new Generator(1);
        double ofLstm = error(new Last(new LSTM(2, HIDDEN, random), random));
        double ofRnn = error(new Last(new RNN(2, HIDDEN, random), random));
        System.out.printf("root mean square error: LSTM %.4f, RNN %.4f%n", ofLstm, ofRnn);
        assertTrue(ofLstm < 0.05, () -> "LSTM: " + ofLstm);
        assertTrue(ofRnn > 0.3, () -> "RNN: " + ofRnn);
    }

    private static double error(Module network) {
        Random random = new Random(2);
        float[] x = new float[STEPS * BATCH * 2];
        float[] sums = new float[BATCH];
        double squares = 0;
        try (Workers workers = Workers.of(2); Tape tape = new Tape(workers)) {
            Adam adam = new Adam(workers, network.parameters(), 2e-3f);
            for (int i = 0; i < TRAINED; i++) {
                draw(random, x, sums);
                try (Step step = tape.step()) {
                    error(network, step, x, sums).backward();
                }
                adam.clipGradNorm(1);
                adam.step();
                adam.zeroGrad();
            }
            for (int i = 0; i < TESTED; i++) {
                draw(random, x, sums);
                try (Step step = tape.inference()) {
                    squares += error(network, step, x, sums).item();
                }
            }
        }
        return Math.sqrt(squares / TESTED);
    }

    /** The mean square error. */
    private static Tensor error(Module network, Step step, float[] x, float[] sums) {
        return Losses.squared(network.forward(step.tensor(x, STEPS, BATCH, 2)), step.tensor(sums, BATCH, 1)).sum()
                .mul(1f / BATCH);
    }

    private static void draw(Random random, float[] x, float[] sums) {
        for (int row = 0; row < BATCH; row++) {
            int first = random.nextInt(STEPS / 2);
            int second = STEPS / 2 + random.nextInt(STEPS / 2);
            sums[row] = 0;
            for (int t = 0; t < STEPS; t++) {
                int at = (t * BATCH + row) * 2;
                boolean marked = t == first || t == second;
                x[at] = random.nextFloat();
                x[at + 1] = marked ? 1 : 0;
                sums[row] += marked ? x[at] : 0;
            }
        }
    }
}
