package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.init.Init;
import org.junit.jupiter.api.Test;

class LinearTest {

    @Test
    void startsAsInPyTorch() {
        Linear layer = new Linear(100, 50, new Generator(1));

        assertEquals(Shape.of(50, 100), layer.weight().shape());
        assertEquals(Shape.of(50), layer.bias().shape());
        float largest = 0;
        for (float w : layer.weight().data()) {
            largest = Math.max(largest, Math.abs(w));
        }
        assertTrue(largest <= 0.1f && largest > 0.099f, "largest weight " + largest);
        assertTrue(layer.bias().data()[0] != 0);
    }

    @Test
    void theSeedDecides() {
        assertArrayEquals(new Linear(3, 2, new Generator(5)).weight().data(),
                new Linear(3, 2, new Generator(5)).weight().data());
    }

    @Test
    void multipliesAndAdds() {
        Linear layer = new Linear(2, 1, new Generator(1), Init.constant(2), Init.constant(0.5f));
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers); Step step = tape.step()) {
            assertArrayEquals(new float[]{6.5f, 14.5f},
                    layer.forward(step.tensor(new float[]{1, 2, 3, 4}, 2, 2)).toArray());
        }
    }

    @Test
    void sizesAreChecked() {
        assertEquals("Linear: inputs = 0, outputs = 3, need both >= 1",
                assertThrows(IllegalArgumentException.class, () -> new Linear(0, 3, new Generator(1))).getMessage());
    }
}
