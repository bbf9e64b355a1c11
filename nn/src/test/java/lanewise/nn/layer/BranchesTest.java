package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Concat;
import lanewise.nn.Generator;
import lanewise.nn.Residual;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Modules that put others together, and layers that repeat or drop channels. */
class BranchesTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Step step = tape.step();

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void aResidualAddsWhatItWasGivenOrItsShortcut() {
        Tensor x = step.tensor(new float[]{-1, 2}, 1, 2);
        assertArrayEquals(new float[]{-1, 4}, new Residual(new ReLU()).forward(x).toArray());
        assertArrayEquals(new float[]{0, 4}, new Residual(new ReLU(), new ReLU()).forward(x).toArray());
        var net = new Residual(new Linear(2, 2, new Generator(1)), new Sequential(new Linear(2, 2, new Generator(2))));
        assertEquals(List.of("block.weight", "block.bias", "shortcut.0.weight", "shortcut.0.bias"),
                List.copyOf(net.namedParameters().keySet()));
    }

    @Test
    void branchesStandSideBySide() {
        Tensor x = step.tensor(new float[]{-1, 2, 3, -4}, 2, 2);
        assertArrayEquals(new float[]{-1, 2, 0, 2, 3, -4, 3, 0},
                new Concat(new Sequential(), new ReLU()).forward(x).toArray());
        assertEquals("Concat: no branches, need at least one",
                assertThrows(IllegalArgumentException.class, Concat::new).getMessage());
    }

    @Test
    void elementsBecomeSquares() {
        Tensor x = step.tensor(new float[]{1, 2}, 1, 1, 1, 2);
        Tensor y = new Upsample(2).forward(x);
        assertEquals(Shape.of(1, 1, 2, 4), y.shape());
        assertArrayEquals(new float[]{1, 1, 2, 2, 1, 1, 2, 2}, y.toArray());
        assertEquals("Upsample: x is [2], need [batch, channels, height, width]",
                assertThrows(IllegalArgumentException.class,
                        () -> new Upsample(2).forward(step.tensor(new float[2], 2)))
                        .getMessage());
    }

    @Test
    void channelsAreDroppedAsAWhole() {
        Dropout2d layer = new Dropout2d(0.5f, 3);
        float[] ones = new float[2 * 50 * 6];
        Arrays.fill(ones, 1);
        Tensor x = step.tensor(ones, 2, 50, 2, 3);
        float[] y = layer.forward(x).toArray();
        int dropped = 0;
        for (int channel = 0; channel < 100; channel++) {
            assertTrue(y[6 * channel] == 0 || y[6 * channel] == 2, () -> "scaled by 1 / 0.5");
            for (int i = 1; i < 6; i++) {
                assertEquals(y[6 * channel], y[6 * channel + i]);
            }
            dropped += y[6 * channel] == 0 ? 1 : 0;
        }
        assertTrue(dropped > 25 && dropped < 75, "dropped " + dropped + " of 100");
        layer.eval();
        assertSame(x, layer.forward(x));
    }
}
