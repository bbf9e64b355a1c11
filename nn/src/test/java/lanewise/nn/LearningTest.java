package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.Sigmoid;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.SGD;
import org.junit.jupiter.api.Test;

/** A network learns what one layer cannot: exclusive or. */
class LearningTest {

    private static final float[] INPUTS = {0, 0, 0, 1, 1, 0, 1, 1};
    private static final float[] TARGETS = {0, 1, 1, 0};

    @Test
    void learnsExclusiveOr() {
        Generator random = new Generator(3);
        Module net = new Sequential(new Linear(2, 8, random), new Sigmoid(), new Linear(8, 1, random));
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers)) {
            SGD sgd = new SGD(workers, net.parameters(), 2f);
            float loss = 0;
            for (int i = 0; i < 5_000; i++) {
                loss = train(net, tape, sgd);
            }

            assertTrue(loss < 0.01f, "loss " + loss);
            try (Step step = tape.inference()) {
                float[] logits = net.forward(step.tensor(INPUTS, 4, 2)).toArray();
                for (int i = 0; i < 4; i++) {
                    assertEquals(TARGETS[i] > 0, logits[i] > 0, "sample " + i);
                }
            }
        }
    }

    private static float train(Module net, Tape tape, SGD sgd) {
        try (Step step = tape.step()) {
            Tensor output = net.forward(step.tensor(INPUTS, 4, 2));
            Tensor loss = Losses.binaryCrossEntropyWithLogits(output, step.tensor(TARGETS, 4, 1));
            loss.backward();
            sgd.step();
            return loss.item();
        }
    }
}
