package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlattenTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Step step = tape.step();

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void samplesBecomeRowsAndBack() {
        Tensor rows = step.tensor(new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);

        Tensor images = new Unflatten(1, 2, 2).forward(rows);
        Tensor again = new Flatten().forward(images);

        assertEquals(Shape.of(2, 1, 2, 2), images.shape());
        assertEquals(Shape.of(2, 4), again.shape());
        assertArrayEquals(rows.toArray(), again.toArray());
    }

    @Test
    void anyNumberOfBatchSizes() {
        Flatten flatten = new Flatten();
        for (int round = 0; round < 2; round++) {
            for (int batch = 0; batch < 20; batch++) {
                assertEquals(Shape.of(batch, 6),
                        flatten.forward(step.tensor(new float[batch * 6], batch, 3, 2)).shape());
            }
        }
    }

    @Test
    void wrongInputsAreRefused() {
        assertEquals("Flatten: input is [], need [batch, ...]", assertThrows(IllegalArgumentException.class,
                () -> new Flatten().forward(step.tensor(new float[1]))).getMessage());
        assertEquals("Unflatten: input is [2, 3], need [batch, 4]", assertThrows(IllegalArgumentException.class,
                () -> new Unflatten(1, 2, 2).forward(step.tensor(new float[6], 2, 3))).getMessage());
    }
}
