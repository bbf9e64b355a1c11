package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Embedding layer = new Embedding(3, 2, new Generator(1));

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void looksUpRowsAndGradientsComeBackToThem() {
        float[] w = layer.weight().toArray();
        try (Step step = tape.step()) {
            Tensor y = layer.forward(step.tensor(new float[]{2, 0, 2, 2}, 2, 2));
            assertEquals(Shape.of(2, 2, 2), y.shape());
            assertArrayEquals(new float[]{w[4], w[5], w[0], w[1], w[4], w[5], w[4], w[5]}, y.toArray());
            y.sum().backward();
            assertArrayEquals(new float[]{1, 1, 0, 0, 3, 3}, layer.weight().grad().toArray());
        }
    }

    /** The table serves at both ends, and both gradients reach it. */
    @Test
    void tiedScoresUseTheSameTable() {
        float[] w = layer.weight().toArray();
        try (Step step = tape.step()) {
            Tensor scores = layer.scores(layer.forward(step.tensor(new float[]{1}, 1)));
            for (int row = 0; row < 3; row++) {
                assertEquals(w[2] * w[2 * row] + w[3] * w[2 * row + 1], scores.toArray()[row], 1e-6);
            }
            scores.sum().backward();
            assertEquals(w[2], layer.weight().grad().toArray()[0], 1e-6);
            assertEquals(w[0] + 2 * w[2] + w[4], layer.weight().grad().toArray()[2], 1e-6);
        }
    }

    @Test
    void whatIsNoNumberOfARowIsNamed() {
        for (float wrong : new float[]{3, -1, 0.5f, Float.NaN}) {
            try (Step step = tape.step()) {
                Tensor x = step.tensor(new float[]{1, wrong}, 2);
                assertEquals("embedding: element 1 of x = " + wrong
                        + ", need a whole number from 0 to 2, as weight is [3, 2]",
                        assertThrows(IllegalArgumentException.class, () -> layer.forward(x)).getMessage());
            }
        }
        assertEquals("Embedding: rows = 0, size = 2, need both >= 1",
                assertThrows(IllegalArgumentException.class, () -> new Embedding(0, 2, new Generator(1))).getMessage());
    }
}
