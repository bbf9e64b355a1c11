package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Comparisons, choices, and elements by number. */
class SelectionTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void comparisonsPassNoGradientOn() {
        Tensor a = Tensor.of(new float[]{1, 2, 3}, 3).requiresGrad(true);
        try (Step step = tape.step()) {
            Tensor x = step.tensor(a);
            Tensor two = step.tensor(new float[]{2}, 1);
            assertArrayEquals(new float[]{1, 0, 0}, x.lt(two).toArray());
            assertArrayEquals(new float[]{1, 1, 0}, x.le(two).toArray());
            assertArrayEquals(new float[]{0, 0, 1}, x.gt(two).toArray());
            assertArrayEquals(new float[]{0, 1, 1}, x.ge(two).toArray());
            assertArrayEquals(new float[]{0, 1, 0}, x.eq(two).toArray());
            assertFalse(x.lt(two).requiresGrad());
        }
    }

    @Test
    void whereMeetsThreeShapes() {
        Tensor a = Tensor.of(new float[]{1, 2}, 2, 1).requiresGrad(true);
        Tensor b = Tensor.of(new float[]{10, 20, 30}, 3).requiresGrad(true);
        try (Step step = tape.step()) {
            Tensor condition = step.tensor(new float[]{1, 0, 0, 1, 1, 0}, 2, 3);
            Tensor y = a.where(condition, b);
            assertEquals(Shape.of(2, 3), y.shape());
            assertArrayEquals(new float[]{1, 20, 30, 2, 2, 30}, y.toArray());
            y.sum().backward();
        }
        assertArrayEquals(new float[]{1, 2}, a.grad().toArray());
        assertArrayEquals(new float[]{0, 1, 2}, b.grad().toArray());
    }

    @Test
    void theSameTensorOnBothSides() {
        Tensor a = Tensor.of(new float[]{1, 2}, 2).requiresGrad(true);
        try (Step step = tape.step()) {
            a.where(step.tensor(new float[]{1, 0}, 2), a).sum().backward();
        }
        assertArrayEquals(new float[]{1, 1}, a.grad().toArray());
    }

    @Test
    void theLargestAndTheirGradient() {
        Tensor a = Tensor.of(new float[]{1, 5, 3, 9, 7, 8}, 2, 3).requiresGrad(true);
        try (Step step = tape.step()) {
            Tensor.TopK top = step.tensor(a).topK(2);
            assertArrayEquals(new float[]{5, 3, 9, 8}, top.values().toArray());
            assertArrayEquals(new float[]{1, 2, 0, 2}, top.index().toArray());
            top.values().mul(step.tensor(new float[]{1, 2, 3, 4}, 2, 2)).sum().backward();
            assertEquals("topK: k = 4 of [2, 3], need 0 <= k <= 3",
                    assertThrows(IllegalArgumentException.class, () -> step.tensor(a).topK(4)).getMessage());
        }
        assertArrayEquals(new float[]{0, 1, 2, 3, 0, 4}, a.grad().toArray());
    }

    @Test
    void numbersAreChecked() {
        try (Step step = tape.step()) {
            Tensor labels = step.tensor(new float[]{2, 0}, 2);
            assertArrayEquals(new float[]{0, 0, 1, 1, 0, 0}, labels.oneHot(3).toArray());
            assertEquals("oneHot: element 0 of this = 2.0, need a whole number from 0 to 1, as there are 2 classes",
                    assertThrows(IllegalArgumentException.class, () -> labels.oneHot(2)).getMessage());
            Tensor x = step.tensor(new float[]{1, 2, 3, 4}, 2, 2);
            Tensor index = step.tensor(new float[]{1, 0.5f}, 2, 1);
            assertEquals("gather: element 1 of index = 0.5, need a whole number from 0 to 1, as this is [2, 2]",
                    assertThrows(IllegalArgumentException.class, () -> x.gather(1, index)).getMessage());
            assertEquals("gather: index is [2], need the shape [2, 2] of this, with any size along axis 1",
                    assertThrows(IllegalArgumentException.class, () -> x.gather(1, labels)).getMessage());
        }
    }

    @Test
    void padding() {
        try (Step step = tape.step()) {
            Tensor x = step.tensor(new float[]{1, 2, 3, 4}, 2, 2);
            assertArrayEquals(new float[]{7, 1, 2, 7, 3, 4}, x.pad(1, 1, 0, 7).toArray());
            assertArrayEquals(new float[]{1, 2, 3, 4, 0, 0}, x.pad(0, 0, 1, 0).toArray());
            assertEquals("pad: before = -1, after = 0, need both >= 0",
                    assertThrows(IllegalArgumentException.class, () -> x.pad(0, -1, 0, 0)).getMessage());
        }
    }
}
