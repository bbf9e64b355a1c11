package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Step step = tape.step();

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void wrapsTheCallersArray() {
        float[] data = {1, 2, 3, 4, 5, 6};
        Tensor x = step.tensor(data, 2, 3);

        assertSame(data, x.data());
        assertEquals(Shape.of(2, 3), x.shape());
        assertEquals("Tensor[2, 3]", x.toString());
        assertEquals("Parameter[4]", new Parameter(Shape.of(4)).toString());
    }

    @Test
    void elementsAreCopiedOut() {
        Tensor x = step.tensor(new float[]{1, 2, 3}, 3);
        float[] target = new float[5];

        x.copyTo(target, 1);

        assertArrayEquals(new float[]{0, 1, 2, 3, 0}, target);
        assertArrayEquals(new float[]{1, 2, 3}, x.toArray());
        assertEquals(6, x.sum().item());
    }

    @Test
    void largestOfEachRowIsFound() {
        int[] index = new int[3];

        step.tensor(new float[]{1, 3, 2, 5, 5, 4}, 2, 3).argMaxRows(index, 1);

        assertArrayEquals(new int[]{0, 1, 0}, index);
    }

    @Test
    void axesMoveAndMeet() {
        Tensor x = step.tensor(new float[]{1, 2, 3, 4, 5, 6}, 2, 3);
        Tensor column = step.tensor(new float[]{10, 20}, 2, 1);

        assertArrayEquals(new float[]{1, 4, 2, 5, 3, 6}, x.permute(1, -2).toArray());
        assertEquals(Shape.of(3, 2), x.permute(1, 0).shape());
        assertArrayEquals(new float[]{2, 3, 5, 6}, x.slice(-1, 1, 3).toArray());
        assertArrayEquals(new float[]{1, 2, 3, 10, 4, 5, 6, 20}, Tensor.concat(1, x, column).toArray());
        assertArrayEquals(new float[]{0, 0, 10, 20}, Tensor.concat(0, new Parameter(Shape.of(2, 1)), column).toArray());
        assertArrayEquals(new float[]{10, 10, 20, 20}, column.expand(Shape.of(2, 2)).toArray());
        assertArrayEquals(new float[]{11, 12, 13, 24, 25, 26}, x.add(column).toArray());
        assertArrayEquals(new float[]{11, 12, 13, 24, 25, 26}, column.add(x).toArray());
        assertArrayEquals(new float[]{10, 20, 30, 80, 100, 120}, x.mul(column).toArray());
        assertArrayEquals(new float[]{2, 4, 6, 8, 10, 12}, x.mul(2).toArray());
        assertArrayEquals(new float[]{5, 7, 9}, x.sum(0).toArray());
        assertArrayEquals(new float[]{2, 5}, x.mean(-1).toArray());
    }

    @Test
    void wrongShapesAreNamed() {
        Tensor x = step.tensor(new float[32 * 784], 32, 784);
        Tensor wide = step.tensor(new float[512 * 10], 512, 10);
        Tensor row = step.tensor(new float[10], 10);
        Tensor weight = step.tensor(new float[30 * 784], 30, 784);

        assertEquals("matmul: left is [32, 784], right is [512, 10]: inner sizes 784 and 512 differ",
                refusal(() -> x.matmul(wide)));
        assertEquals("matmul: left is [32, 784], right is [10]: need two matrices", refusal(() -> x.matmul(row)));
        assertEquals("linear: input is [512, 10], weight is [30, 784]: inner sizes 10 and 784 differ",
                refusal(() -> wide.linear(weight)));
        assertEquals("linear: input is [32, 784], weight is [10]: need [..., inputs] and [outputs, inputs]",
                refusal(() -> x.linear(row)));
        assertEquals("linear: weight is [30, 784], bias is [10]: need a bias of [30]",
                refusal(() -> x.linear(weight, row)));
        assertEquals(
                "add: left is [32, 784], right is [10]: sizes 784 and 10 differ, need the same from the last axis on, or 1",
                refusal(() -> x.add(row)));
        assertEquals(
                "mul: left is [512, 10], right is [32, 784]: sizes 10 and 784 differ, need the same from the last axis on, or 1",
                refusal(() -> wide.mul(x)));
        assertEquals("permute: axes = [0, 0] of [32, 784], need each of its axes once",
                refusal(() -> x.permute(0, 0)));
        assertEquals("slice: from = 5, to = 11 along axis -1 of [512, 10], need 0 <= from <= to <= 10",
                refusal(() -> wide.slice(-1, 5, 11)));
        assertEquals(
                "expand: this is [512, 10], shape is [10]: need the same sizes from the last axis on, or larger ones where this has 1",
                refusal(() -> wide.expand(Shape.of(10))));
        assertEquals("concat: first is [32, 784], another is [512, 10]: need the same sizes but along axis 0",
                refusal(() -> Tensor.concat(0, x, wide)));
        assertEquals("concat: no tensors, need at least one", refusal(() -> Tensor.concat(0)));
        assertEquals("tensor: data.length = 5, need at least 6 for shape [2, 3]",
                refusal(() -> step.tensor(new float[5], 2, 3)));
        assertEquals("of: data.length = 5, need at least 6 for shape [2, 3]",
                refusal(() -> Tensor.of(new float[5], 2, 3)));
    }

    @Test
    void itemNeedsOneElement() {
        Tensor x = step.tensor(new float[2], 2);

        assertEquals("item: need one element, this is Tensor[2]", misuse(x::item));
    }

    @Test
    void useAfterTheStepClosedIsCaught() {
        Tensor x = step.tensor(new float[]{1}, 1).requiresGrad(true);
        Tensor y = x.sigmoid();
        Parameter p = new Parameter(Shape.of(1));
        step.close();

        String closed = ": the step of Tensor[1] is closed; copy what must outlive a step before it closes"
                + " (toArray, item)";
        assertEquals("sigmoid" + closed, misuse(y::sigmoid));
        assertEquals("add" + closed, misuse(() -> p.add(y)));
        assertEquals("data" + closed, misuse(y::data));
        assertEquals("item" + closed, misuse(y::item));
        assertEquals("toArray" + closed, misuse(y::toArray));
        assertEquals("backward" + closed, misuse(y::backward));
        assertEquals("grad" + closed, misuse(x::grad));
        assertEquals("detach" + closed, misuse(y::detach));
        assertEquals("tensor: this step is closed", misuse(() -> step.tensor(new float[1], 1)));
        assertEquals("tensor: this step is closed", misuse(() -> step.tensor(p)));
        try (Step next = tape.step()) {
            assertEquals("add" + closed, misuse(() -> next.tensor(new float[1], 1).add(y)));
        }
    }

    @Test
    void operationsNeedAStep() {
        Parameter p = new Parameter(Shape.of(3));

        assertEquals("sum: no operand belongs to a step; bring one in with step.tensor(...)", misuse(p::sum));
        assertEquals("mul: no operand belongs to a step; bring one in with step.tensor(...)", misuse(() -> p.mul(p)));
        assertEquals(0, step.tensor(p).mul(p).sum().item());
    }

    @Test
    void stepsOfTwoTapesDoNotMix() {
        try (Tape other = new Tape(workers); Step otherStep = other.step()) {
            Tensor a = step.tensor(new float[1], 1);
            Tensor b = otherStep.tensor(new float[1], 1);

            assertEquals("add: Tensor[1] belongs to a step of another tape than the operands before it",
                    misuse(() -> a.add(b)));
            assertEquals("tensor: Tensor[1] belongs to a step already", refusal(() -> step.tensor(b)));
        }
    }

    @Test
    void gradientIsAskedForBeforeUse() {
        Tensor x = step.tensor(new float[]{2}, 1);
        assertFalse(x.requiresGrad());
        assertEquals("backward: Tensor[] depends on nothing that requires a gradient",
                misuse(() -> x.sum().backward()));
        assertEquals("grad: Tensor[1] has no gradient; it requires none", misuse(x::grad));

        x.requiresGrad(true);
        assertEquals("grad: Tensor[1] has no gradient; call backward() on a loss first", misuse(x::grad));
        Tensor y = x.sigmoid();
        assertTrue(y.requiresGrad());
        assertEquals("requiresGrad: Tensor[1] was computed; ask before it is used, or detach it",
                misuse(() -> y.requiresGrad(false)));
        assertEquals("grad: Tensor[1] has no gradient; that of a computed tensor is released by backward()",
                misuse(y::grad));
        assertFalse(y.detach().requiresGrad());
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }

    private static String misuse(Runnable action) {
        return assertThrows(IllegalStateException.class, action::run).getMessage();
    }
}
