package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pooling layers on images of a few elements. */
class Pool2dTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Step step = tape.step();

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void maximaOfWindowsSideBySide() {
        Tensor x = image(2, 4, 1, 2, 7, 7, 4, 3, 5, 6);

        Tensor y = new MaxPool2d(2).forward(x);
        y.mul(step.tensor(new float[]{10, 100}, 1, 1, 1, 2)).sum().backward();

        assertArrayEquals(new float[]{4, 7}, y.toArray());
        // Of the two sevens the first gets the gradient.
        assertArrayEquals(new float[]{0, 0, 100, 0, 10, 0, 0, 0}, x.grad().toArray());
    }

    @Test
    void maximaOfOverlappingWindowsAddTheirGradients() {
        Tensor x = image(1, 3, 1, 9, 2);
        MaxPool2d layer = new MaxPool2d(1, 2).stride(1);

        layer.forward(x).sum().backward();
        layer.forward(x).sum().backward();

        assertArrayEquals(new float[]{0, 4, 0}, x.grad().toArray());
    }

    @Test
    void paddingNeverWinsAndDilationSkips() {
        Tensor x = image(1, 3, -1, -9, -2);

        assertArrayEquals(new float[]{-1, -2}, new MaxPool2d(1, 3).stride(2).padding(0, 1).forward(x).toArray());
        assertArrayEquals(new float[]{-1}, new MaxPool2d(1, 2).dilation(1, 2).forward(x).toArray());
    }

    @Test
    void ceilModeKeepsTheRest() {
        Tensor x = image(1, 3, 1, 2, 3);

        assertArrayEquals(new float[]{2}, new MaxPool2d(1, 2).forward(x).toArray());
        assertArrayEquals(new float[]{2, 3}, new MaxPool2d(1, 2).ceilMode().forward(x).toArray());
        assertArrayEquals(new float[]{1.5f, 3}, new AvgPool2d(1, 2).ceilMode().forward(x).toArray());
    }

    @Test
    void inferenceGivesTheSameMaxima() {
        step.close();
        float[] values = {1, 2, 7, 7, 4, 3, 5, 6};
        try (Step inference = tape.inference()) {
            assertArrayEquals(new float[]{4, 7},
                    new MaxPool2d(2).forward(inference.tensor(values, 1, 1, 2, 4)).toArray());
        }
    }

    @Test
    void meansOfWindows() {
        Tensor x = image(2, 4, 1, 2, 7, 7, 4, 3, 5, 6);

        Tensor y = new AvgPool2d(2).forward(x);
        y.mul(step.tensor(new float[]{4, 8}, 1, 1, 1, 2)).sum().backward();

        assertEquals(Shape.of(1, 1, 1, 2), y.shape());
        assertArrayEquals(new float[]{2.5f, 6.25f}, y.toArray());
        assertArrayEquals(new float[]{1, 1, 2, 2, 1, 1, 2, 2}, x.grad().toArray());
    }

    @Test
    void meansCountThePaddingOrDoNot() {
        Tensor x = image(1, 2, 8, 4);
        AvgPool2d layer = new AvgPool2d(1, 2).stride(1).padding(0, 1);

        assertArrayEquals(new float[]{4, 6, 2}, layer.forward(x).toArray());
        assertArrayEquals(new float[]{8, 6, 4}, layer.countIncludePad(false).forward(x).toArray());
    }

    @Test
    void meansOfAsManyPartsAsAskedFor() {
        Tensor x = image(1, 5, 1, 2, 3, 4, 5);

        Tensor y = new AdaptiveAvgPool2d(1, 2).forward(x);
        y.sum().backward();

        // The parts are the elements 0 to 2 and 2 to 4.
        assertArrayEquals(new float[]{2, 4}, y.toArray());
        assertArrayEquals(new float[]{1 / 3f, 1 / 3f, 2 / 3f, 1 / 3f, 1 / 3f}, x.grad().toArray());
        assertArrayEquals(new float[]{3}, new AdaptiveAvgPool2d(1).forward(x).toArray());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals("MaxPool2d: input is [2, 3], need [batch, channels, height, width]",
                refusal(() -> new MaxPool2d(2).forward(step.tensor(new float[6], 2, 3))));
        assertEquals("AvgPool2d: input is [6], need [batch, channels, height, width]",
                refusal(() -> new AvgPool2d(2).forward(step.tensor(new float[6], 6))));
        assertTrue(refusal(() -> new AdaptiveAvgPool2d(0)).contains("need"));
        assertTrue(refusal(() -> new MaxPool2d(0)).contains("kernel"));
        assertTrue(refusal(() -> new MaxPool2d(2).stride(0)).contains("stride"));
        assertTrue(refusal(() -> new AvgPool2d(2).padding(-1)).contains("pad"));
        assertTrue(refusal(() -> new MaxPool2d(3).forward(image(2, 2, 1, 2, 3, 4))).contains("kernel"));
    }

    private Tensor image(int height, int width, float... values) {
        return step.tensor(values, 1, 1, height, width).requiresGrad(true);
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
