package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropoutTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void theGradientPassesWhereTheElementDid() {
        Tensor x = ones().requiresGrad(true);
        try (Step step = tape.step()) {
            Tensor y = new Dropout(0.5f, 1).forward(step.tensor(x));
            y.sum().backward();
            assertArrayEquals(y.toArray(), x.grad().toArray());
        }
    }

    @Test
    void everyPassDropsOthersAndTheSeedRepeatsThem() {
        Dropout layer = new Dropout(0.5f, 1);
        Dropout same = new Dropout(0.5f, 1);
        try (Step step = tape.step()) {
            float[] first = layer.forward(step.tensor(ones())).toArray();
            float[] second = layer.forward(step.tensor(ones())).toArray();
            assertFalse(Arrays.equals(first, second));
            assertArrayEquals(first, same.forward(step.tensor(ones())).toArray());
            assertArrayEquals(second, same.forward(step.tensor(ones())).toArray());
        }
    }

    @Test
    void evaluationChangesNothing() {
        Dropout layer = new Dropout(0.5f, 1);
        layer.eval();
        try (Step step = tape.step()) {
            Tensor x = step.tensor(ones());
            assertSame(x, layer.forward(x));
        }
    }

    @Test
    void droppedConnectionsChangeTheWholeBatchAlike() {
        DropConnect layer = new DropConnect(64, 3, 0.5f, new Generator(1), 2);
        try (Step step = tape.step()) {
            Tensor x = Tensor.concat(0, step.tensor(ones()).reshape(Shape.of(1, 64)),
                    step.tensor(ones()).reshape(Shape.of(1, 64)));
            float[] dropped = layer.forward(x).toArray();
            assertArrayEquals(Arrays.copyOfRange(dropped, 0, 3), Arrays.copyOfRange(dropped, 3, 6));
            layer.eval();
            assertFalse(Arrays.equals(dropped, layer.forward(x).toArray()));
        }
    }

    @Test
    void aSampleIsDroppedAsAWhole() {
        try (Step step = tape.step()) {
            float[] y = new StochasticDepth(0.5f, 3).forward(step.tensor(ones()).reshape(Shape.of(16, 4))).toArray();
            int dropped = 0;
            for (int sample = 0; sample < 16; sample++) {
                float[] row = Arrays.copyOfRange(y, 4 * sample, 4 * sample + 4);
                float[] whole = new float[4];
                Arrays.fill(whole, row[0] == 0 ? 0 : 2);
                assertArrayEquals(whole, row);
                dropped += row[0] == 0 ? 1 : 0;
            }
            assertTrue(dropped > 0 && dropped < 16, "dropped " + dropped);
        }
    }

    @Test
    void theProbabilityIsChecked() {
        assertEquals("Dropout: probability = 1.0, need 0 <= probability < 1",
                assertThrows(IllegalArgumentException.class, () -> new Dropout(1, 1)).getMessage());
    }

    private static Tensor ones() {
        float[] ones = new float[64];
        Arrays.fill(ones, 1);
        return Tensor.of(ones, 64);
    }
}
