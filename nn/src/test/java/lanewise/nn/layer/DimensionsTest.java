package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.function.Supplier;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Convolutions, transposed convolutions and pooling of one to three dimensions. */
class DimensionsTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Generator random = new Generator(1);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    /** The shapes are those that PyTorch's documentation gives by its formulas. */
    @Test
    void shapes() {
        assertShape(Shape.of(2, 4, 6), new Conv1d(3, 4, 5, random).padding(1).stride(2), 2, 3, 13);
        assertShape(Shape.of(2, 4, 4, 5, 3), new Conv3d(3, 4, 3, random).padding(1, 1, 0), 2, 3, 4, 5, 5);
        assertShape(Shape.of(2, 4, 9), new ConvTranspose1d(3, 4, 3, random).stride(2), 2, 3, 4);
        assertShape(Shape.of(2, 4, 8, 10), new ConvTranspose2d(3, 4, 3, random).stride(2).padding(1).outputPadding(1),
                2, 3, 4, 5);
        assertShape(Shape.of(1, 2, 4, 5, 6), new ConvTranspose3d(3, 2, 3, random), 1, 3, 2, 3, 4);
        assertShape(Shape.of(2, 3, 4), new MaxPool1d(2).ceilMode(), 2, 3, 7);
        assertShape(Shape.of(1, 3, 2, 2, 3), new MaxPool3d(2), 1, 3, 4, 5, 6);
        assertShape(Shape.of(2, 3, 3), new AvgPool1d(2), 2, 3, 7);
        assertShape(Shape.of(1, 3, 2, 2, 3), new AvgPool3d(2), 1, 3, 4, 5, 6);
        assertShape(Shape.of(2, 3, 3), new LPPool1d(2, 2), 2, 3, 7);
        assertShape(Shape.of(2, 3, 2, 3), new LPPool2d(2, 2), 2, 3, 5, 6);
        assertShape(Shape.of(1, 3, 2, 2, 3), new LPPool3d(2, 2), 1, 3, 4, 5, 6);
        assertShape(Shape.of(2, 3, 4), new AdaptiveAvgPool1d(4), 2, 3, 7);
        assertShape(Shape.of(1, 3, 2, 2, 2), new AdaptiveAvgPool3d(2), 1, 3, 4, 5, 6);
    }

    @Test
    void aTransposedConvolutionPutsItsFilterWhereAnElementIs() {
        ConvTranspose1d layer = new ConvTranspose1d(1, 1, 3, random).stride(2);
        System.arraycopy(new float[]{1, 2, 3}, 0, layer.weight().data(), 0, 3);
        layer.bias().data()[0] = 0.5f;

        try (Step step = tape.inference()) {
            assertArrayEquals(new float[]{10.5f, 20.5f, 130.5f, 200.5f, 300.5f},
                    layer.forward(step.tensor(new float[]{10, 100}, 1, 1, 2)).toArray());
        }
    }

    @Test
    void aPowerOfTwoIsTheEuclideanNorm() {
        try (Step step = tape.inference()) {
            assertArrayEquals(new float[]{5, 13},
                    new LPPool1d(2, 2).forward(step.tensor(new float[]{3, -4, 5, 12}, 1, 1, 4)).toArray(), 1e-5f);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertMessage("Conv1d: input is [1, 3, 4, 4], need [batch, 3, length]",
                () -> forward(new Conv1d(3, 2, 1, random), 1, 3, 4, 4));
        assertMessage("MaxPool3d: input is [1, 3, 4, 4], need [batch, channels, depth, height, width]",
                () -> forward(new MaxPool3d(2), 1, 3, 4, 4));
        assertMessage("LPPool1d: p = 0.5, need a finite number >= 1", () -> new LPPool1d(0.5f, 2));
        assertThrows(IllegalArgumentException.class, () -> new Conv3d(3, 2, 0, random));
        assertThrows(IllegalArgumentException.class, () -> new ConvTranspose2d(3, 2, 2, 2, 2, true, random));
        assertThrows(IllegalArgumentException.class, () -> new ConvTranspose2d(3, 2, 2, random).outputPadding(-1));
        assertThrows(IllegalArgumentException.class, () -> new Conv1d(3, 2, 2, random).stride(1, 1));
    }

    private void assertShape(Shape expected, Module layer, int... input) {
        assertEquals(expected, forward(layer, input), layer.getClass().getSimpleName());
    }

    private Shape forward(Module layer, int... input) {
        try (Step step = tape.inference()) {
            return layer.forward(step.tensor(new float[Arrays.stream(input).reduce(1, (a, b) -> a * b)], input))
                    .shape();
        }
    }

    private static void assertMessage(String message, Supplier<?> action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action::get).getMessage());
    }
}
