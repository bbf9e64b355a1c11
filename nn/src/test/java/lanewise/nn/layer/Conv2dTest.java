package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Conv2dTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Step step = tape.step();

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void startsAsInPyTorch() {
        Conv2d layer = new Conv2d(4, 50, 5, new Generator(1));

        assertEquals(Shape.of(50, 4, 5, 5), layer.weight().shape());
        assertEquals(Shape.of(50), layer.bias().shape());
        assertEquals(Set.of("weight", "bias"), layer.namedParameters().keySet());
        float largest = 0;
        for (float w : layer.weight().data()) {
            largest = Math.max(largest, Math.abs(w));
        }
        assertTrue(largest <= 0.1f && largest > 0.099f, "largest weight " + largest);
        assertTrue(layer.bias().data()[0] != 0);
    }

    @Test
    void filtersAreNotFlipped() {
        Conv2d layer = new Conv2d(1, 1, 2, 3, 1, true, new Generator(1));
        copy(layer.weight(), 1, 2, 3, 4, 5, 6);
        copy(layer.bias(), 0.5f);
        Tensor x = step.tensor(new float[]{1, 0, 0, 0, 0, 10}, 1, 1, 2, 3).requiresGrad(true);

        Tensor y = layer.forward(x);
        y.sum().backward();

        assertEquals(Shape.of(1, 1, 1, 1), y.shape());
        assertEquals(61.5f, y.item());
        assertArrayEquals(new float[]{1, 2, 3, 4, 5, 6}, x.grad().toArray());
        assertArrayEquals(new float[]{1, 0, 0, 0, 0, 10}, layer.weight().grad().toArray());
        assertArrayEquals(new float[]{1}, layer.bias().grad().toArray());
    }

    @Test
    void strideAndPadding() {
        Conv2d layer = new Conv2d(1, 1, 1, 1, 1, false, new Generator(1)).stride(2, 1).padding(1, 0);
        copy(layer.weight(), 2);

        Tensor y = layer.forward(step.tensor(new float[]{1, 2, 3, 4, 5, 6}, 1, 1, 3, 2));

        // Rows 0 and 2 of the padded input are zeros and {3, 4}; row 4 is the padding below.
        assertNull(layer.bias());
        assertEquals(Shape.of(1, 1, 3, 2), y.shape());
        assertArrayEquals(new float[]{0, 0, 6, 8, 0, 0}, y.toArray());
    }

    @Test
    void dilation() {
        Conv2d layer = new Conv2d(1, 1, 1, 2, 1, false, new Generator(1)).dilation(1, 2);
        copy(layer.weight(), 1, 10);

        Tensor y = layer.forward(step.tensor(new float[]{1, 2, 3, 4}, 1, 1, 1, 4));

        assertArrayEquals(new float[]{31, 42}, y.toArray());
    }

    @Test
    void groupsSeeTheirOwnChannels() {
        Conv2d layer = new Conv2d(2, 2, 1, 1, 2, false, new Generator(1));
        copy(layer.weight(), 3, 5);

        Tensor y = layer.forward(step.tensor(new float[]{1, 2, 10, 20}, 1, 2, 1, 2));

        assertEquals(Shape.of(2, 1, 1, 1), layer.weight().shape());
        assertArrayEquals(new float[]{3, 6, 50, 100}, y.toArray());
    }

    @Test
    void frozenParametersGetNoGradient() {
        Conv2d layer = new Conv2d(1, 1, 1, new Generator(1));
        layer.weight().requiresGrad(false);
        copy(layer.weight(), 3);
        Tensor x = step.tensor(new float[]{1, 2}, 1, 1, 1, 2).requiresGrad(true);

        layer.forward(x).sum().backward();
        layer.forward(x).sum().backward();

        assertArrayEquals(new float[]{6, 6}, x.grad().toArray());
        assertArrayEquals(new float[]{4}, layer.bias().grad().toArray());
        assertFalse(layer.weight().hasGrad());
    }

    @Test
    void settingsMayFollowAUse() {
        Conv2d layer = new Conv2d(1, 1, 1, new Generator(1));
        Tensor x = step.tensor(new float[9], 1, 1, 3, 3);
        assertEquals(Shape.of(1, 1, 3, 3), layer.forward(x).shape());
        assertEquals(Shape.of(1, 1, 2, 2), layer.stride(2).forward(x).shape());
        assertEquals(Shape.of(1, 1, 3, 3), layer.padding(1).forward(x).shape());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Conv2d layer = new Conv2d(3, 8, 5, new Generator(1));
        assertEquals("Conv2d: input is [2, 1, 9, 9], need [batch, 3, height, width]",
                refusal(() -> layer.forward(step.tensor(new float[162], 2, 1, 9, 9))));
        assertEquals("Conv2d: input is [2, 3], need [batch, 3, height, width]",
                refusal(() -> layer.forward(step.tensor(new float[6], 2, 3))));
        assertTrue(refusal(() -> layer.forward(step.tensor(new float[48], 1, 3, 4, 4))).contains("kernel"));
        assertTrue(refusal(() -> layer.stride(0)).contains("stride"));
        assertTrue(refusal(() -> layer.padding(1, 2, 3)).contains("padding"));
        assertTrue(refusal(() -> layer.dilation(-1)).contains("dilation"));
        assertTrue(refusal(() -> new Conv2d(3, 8, 1, 1, 2, true, new Generator(1))).contains("groups = 2"));
        assertTrue(refusal(() -> new Conv2d(0, 8, 1, new Generator(1))).contains("c = 0"));
        assertTrue(refusal(() -> new Conv2d(3, 8, 0, new Generator(1))).contains("kernel"));
    }

    private static void copy(Tensor parameter, float... values) {
        System.arraycopy(values, 0, parameter.data(), parameter.offset(), parameter.size());
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
