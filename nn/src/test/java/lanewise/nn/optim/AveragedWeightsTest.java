package lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.State;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.init.Init;
import lanewise.nn.layer.Ensemble;
import lanewise.nn.layer.Linear;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AveragedWeightsTest {

    private final Workers workers = Workers.single();
    private final Linear layer = new Linear(1, 1, new Generator(1));

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void exponentialAveragesForget() {
        AveragedWeights averages = AveragedWeights.exponential(workers, layer, 0.75f);

        updateWith(averages, 4, 8, 0);

        averages.copyTo(layer);
        assertArrayEquals(new float[]{0.75f * (0.75f * 4 + 0.25f * 8)}, layer.weight().toArray());
    }

    @Test
    void meansDoNot() {
        AveragedWeights averages = AveragedWeights.mean(workers, layer);

        updateWith(averages, 4, 8, 0);

        averages.copyTo(layer);
        assertEquals(4, layer.weight().item(), 1e-6);
    }

    @Test
    void goesOnFromItsState() {
        AveragedWeights averages = AveragedWeights.mean(workers, layer);
        updateWith(averages, 4, 8);
        AveragedWeights other = AveragedWeights.mean(workers, layer);
        other.restoring(averages.state()).run();

        updateWith(other, 0);

        other.copyTo(layer);
        assertEquals(4, layer.weight().item(), 1e-6);
    }

    @Test
    void misuseIsNamed() {
        AveragedWeights averages = AveragedWeights.mean(workers, layer);
        assertEquals("AveragedWeights: nothing was averaged yet; call update() first",
                assertThrows(IllegalStateException.class, () -> averages.copyTo(layer)).getMessage());
        averages.update();
        assertThrows(IllegalArgumentException.class, () -> averages.copyTo(new Linear(2, 1, new Generator(1))));
        assertThrows(IllegalArgumentException.class, () -> averages.copyTo(new Sequential(layer)));
        assertThrows(IllegalArgumentException.class, () -> AveragedWeights.exponential(workers, layer, 1));
        State without = new State(Map.of(), averages.state().values());
        assertThrows(IllegalArgumentException.class, () -> averages.restoring(without));
    }

    @Test
    void anEnsembleAsksAllItsMembers() {
        Module a = constant(0, 2, 0);
        Module b = constant(0, 1, 0);
        Module c = constant(9, 0, 0);
        try (Tape tape = new Tape(workers); Step step = tape.inference()) {
            var x = step.tensor(new float[2], 2, 1);
            assertArrayEquals(new float[]{1 / 3f, 2 / 3f, 0, 1 / 3f, 2 / 3f, 0},
                    Ensemble.vote(a, b, c).forward(x).toArray(), 1e-6f);
            float[] mean = Ensemble.mean(a, b, c).forward(x).toArray();
            double p0 = (1 / (2 + Math.exp(2)) + 1 / (2 + Math.exp(1)) + Math.exp(9) / (2 + Math.exp(9))) / 3;
            assertEquals(p0, mean[0], 1e-6);
        }
        assertThrows(IllegalArgumentException.class, Ensemble::mean);
    }

    private void updateWith(AveragedWeights averages, float... weights) {
        for (float weight : weights) {
            Arrays.fill(layer.weight().data(), weight);
            averages.update();
        }
    }

    private static Module constant(float... logits) {
        Linear linear = new Linear(1, logits.length, new Generator(1), Init.constant(0), Init.constant(0));
        System.arraycopy(logits, 0, linear.bias().data(), 0, logits.length);
        return linear;
    }
}
