package lanewise.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    @Test
    void sharesAreThoseOfTheCounts() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        assertTrue(Double.isNaN(matrix.accuracy()));
        // Answers 0, 1, 1, 0.
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers); Step step = tape.inference()) {
            matrix.add(step.tensor(new float[]{2, 1, 0, 0, 3, 1, 0, 3, 3, 5, 4, 0}, 4, 3), new int[]{0, 0, 1, 0, 9});
        }

        assertEquals(2, matrix.count(0, 0));
        assertEquals(1, matrix.count(0, 1));
        assertEquals(1, matrix.count(1, 1));
        assertEquals(0.75, matrix.accuracy());
        assertEquals(0.5, matrix.precision(1));
        assertEquals(2.0 / 3, matrix.recall(0));
        assertEquals(0.8, matrix.f1(0));
        assertEquals(2.0 / 3, matrix.f1(1));
        assertTrue(Double.isNaN(matrix.f1(2)));
        assertEquals((0.8 + 2.0 / 3) / 2, matrix.macroF1());
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsCounted() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        Tensor output = Tensor.of(new float[]{2, 1, 0, 3}, 2, 2);
        assertEquals("ConfusionMatrix: labels[1] = 2, need 0 <= label < 2",
                assertThrows(IllegalArgumentException.class, () -> matrix.add(output, new int[]{0, 2})).getMessage());
        assertEquals("ConfusionMatrix: output is [2, 2] with 1 labels, need [batch, 2] and a label for each sample",
                assertThrows(IllegalArgumentException.class, () -> matrix.add(output, new int[]{0})).getMessage());
        assertEquals(0, matrix.count(0, 0));
        assertThrows(IllegalArgumentException.class, () -> matrix.recall(2));
        assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(0));
    }
}
