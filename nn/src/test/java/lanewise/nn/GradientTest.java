package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import lanewise.nn.loss.Losses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients that a reader can verify by hand; all numbers are exact in binary, so nothing is compared roughly. */
class GradientTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Step step = tape.step();

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void linearSigmoidAndQuadraticLoss() {
        Tensor x = variable(new float[]{1, 2}, 1, 2);
        Parameter weight = parameter(new float[]{0.5f, -0.25f}, 1, 2);
        Parameter bias = parameter(new float[]{0}, 1);

        Tensor y = x.linear(weight, bias).sigmoid();
        Tensor loss = Losses.quadratic(y, step.tensor(new float[]{1}, 1, 1));
        loss.backward();

        // z = 0, y = 1/2, loss = (1/2)^2 / 2, dy = -1/2, dz = dy * 1/4
        assertEquals(0.5f, y.item());
        assertEquals(0.125f, loss.item());
        assertArrayEquals(new float[]{-0.125f, -0.25f}, weight.grad().toArray());
        assertArrayEquals(new float[]{-0.125f}, bias.grad().toArray());
        assertArrayEquals(new float[]{-0.0625f, 0.03125f}, x.grad().toArray());
    }

    @Test
    void quadraticLossIsAMeanOverTheBatch() {
        Tensor y = variable(new float[]{1, 2, 3, 4}, 2, 2);

        Tensor loss = Losses.quadratic(y, step.tensor(new float[]{0, 0, 1, 0}, 2, 2));
        loss.backward();

        assertEquals((1 + 4 + 4 + 16) / 4f, loss.item());
        assertArrayEquals(new float[]{0.5f, 1, 1, 2}, y.grad().toArray());
    }

    @Test
    void crossEntropyFromLogits() {
        Tensor z = variable(new float[]{0, 0}, 2, 1);

        Tensor loss = Losses.binaryCrossEntropyWithLogits(z, step.tensor(new float[]{1, 0}, 2, 1));
        loss.backward();

        assertEquals((float) Math.log(2), loss.item(), Math.ulp(1f));
        assertArrayEquals(new float[]{-0.25f, 0.25f}, z.grad().toArray());
    }

    @Test
    void crossEntropyOfClasses() {
        Tensor z = variable(new float[]{0, 0, 5, 5}, 2, 2);

        Tensor loss = Losses.crossEntropy(z, new int[]{0, 1, 9});
        loss.backward();

        assertEquals((float) Math.log(2), loss.item(), Math.ulp(1f));
        assertArrayEquals(new float[]{-0.25f, 0.25f, 0.25f, -0.25f}, z.grad().toArray());
    }

    @Test
    void linearOverSeveralLeadingAxes() {
        Tensor x = variable(new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
        Parameter weight = parameter(new float[]{1, 0, 0, 1, 1, 1}, 3, 2);

        Tensor y = x.linear(weight);
        y.sum().backward();

        assertEquals(Shape.of(2, 2, 3), y.shape());
        assertArrayEquals(new float[]{1, 2, 3, 3, 4, 7, 5, 6, 11, 7, 8, 15}, y.toArray());
        assertArrayEquals(new float[]{16, 20, 16, 20, 16, 20}, weight.grad().toArray());
        assertArrayEquals(new float[]{2, 2, 2, 2, 2, 2, 2, 2}, x.grad().toArray());
    }

    @Test
    void matrixProduct() {
        Tensor a = variable(new float[]{1, 2, 3, 4}, 2, 2);
        Tensor b = variable(new float[]{5, 6, 7, 8}, 2, 2);

        Tensor y = a.matmul(b);
        y.sum().backward();

        assertArrayEquals(new float[]{19, 22, 43, 50}, y.toArray());
        assertArrayEquals(new float[]{11, 15, 11, 15}, a.grad().toArray());
        assertArrayEquals(new float[]{4, 4, 6, 6}, b.grad().toArray());
    }

    @Test
    void additionOfEqualShapesAndOfARow() {
        Tensor a = variable(new float[]{1, 2, 3, 4}, 2, 2);
        Tensor b = variable(new float[]{10, 20, 30, 40}, 2, 2);
        Tensor row = variable(new float[]{100, 200}, 2);

        Tensor y = a.add(b).add(row);
        y.mul(step.tensor(new float[]{1, 2, 3, 4}, 2, 2)).sum().backward();

        assertArrayEquals(new float[]{111, 222, 133, 244}, y.toArray());
        assertArrayEquals(new float[]{1, 2, 3, 4}, a.grad().toArray());
        assertArrayEquals(new float[]{1, 2, 3, 4}, b.grad().toArray());
        assertArrayEquals(new float[]{4, 6}, row.grad().toArray());
    }

    @Test
    void reshapedElementsKeepTheirOrder() {
        Tensor x = variable(new float[]{1, 2, 3, 4, 5, 6}, 2, 3);

        Tensor y = x.reshape(Shape.of(3, 2));
        y.mul(step.tensor(new float[]{1, 2, 3, 4, 5, 6}, 3, 2)).sum().backward();

        assertEquals(Shape.of(3, 2), y.shape());
        assertArrayEquals(x.toArray(), y.toArray());
        assertArrayEquals(new float[]{1, 2, 3, 4, 5, 6}, x.grad().toArray());
        assertEquals("reshape: Tensor[2, 3] has 6 elements, [5] has 5: need as many",
                refusal(() -> x.reshape(Shape.of(5))));
    }

    @Test
    void reluPassesWhereItIsPositive() {
        Tensor x = variable(new float[]{-1, 2, 0}, 3);

        Tensor y = x.relu();
        y.sum().backward();

        assertArrayEquals(new float[]{0, 2, 0}, y.toArray());
        assertArrayEquals(new float[]{0, 1, 0}, x.grad().toArray());
    }

    @Test
    void aTensorUsedSeveralTimesGathersAllContributions() {
        Tensor x = variable(new float[]{3, -2}, 2);

        Tensor square = x.mul(x);
        square.add(square).add(x).sum().backward();

        assertArrayEquals(new float[]{13, -7}, x.grad().toArray());
    }

    @Test
    void everyOperationAddsToWhatIsThere() {
        Tensor x = variable(new float[]{0, 0}, 1, 2);
        Parameter weight = parameter(new float[]{1, 2, 3, 4}, 2, 2);
        Parameter bias = parameter(new float[]{0, 0}, 2);
        Tensor target = step.tensor(new float[]{1, 1}, 1, 2);

        // Twice each, so that the second contribution to x meets the first: each adds to the gradient of x ...
        for (int i = 0; i < 2; i++) {
            x.sigmoid().sum().backward(); // 1/4
            x.relu().sum().backward(); // 0
            x.sum().backward(); // 1
            x.matmul(weight).sum().backward(); // 3, 7
            x.linear(weight, bias).sum().backward(); // 4, 6
            Losses.quadratic(x, target).backward(); // -1
            Losses.binaryCrossEntropyWithLogits(x, target).backward(); // -1/2
            Losses.crossEntropy(x, new int[]{1}).backward(); // 1/2, -1/2
            x.reshape(Shape.of(2)).sum().backward(); // 1
            x.mul(target).sum().backward(); // 1
            x.add(bias).sum().backward(); // 1
        }

        assertArrayEquals(new float[]{2 * 10.25f, 2 * 15.25f}, x.grad().toArray());
        // ... and linear and add both to that of the bias.
        assertArrayEquals(new float[]{4, 4}, bias.grad().toArray());
    }

    @Test
    void parametersGatherGradientsUntilTheyAreForgotten() {
        Parameter w = parameter(new float[]{2}, 1);

        step.tensor(w).sum().backward();
        step.tensor(w).sum().backward();
        assertArrayEquals(new float[]{2}, w.grad().toArray());

        w.zeroGrad();
        assertFalse(w.hasGrad());
        step.tensor(w).sum().backward();
        assertArrayEquals(new float[]{1}, w.grad().toArray());
    }

    @Test
    void aSharedWeightGathersFromBothPlaces() {
        Parameter w = parameter(new float[]{3}, 1, 1);
        Tensor x = step.tensor(new float[]{2}, 1, 1);

        x.linear(w).linear(w).sum().backward(); // w^2 x

        assertArrayEquals(new float[]{12}, w.grad().toArray());
    }

    @Test
    void aMatrixTimesItselfGathersFromBothSides() {
        Tensor a = variable(new float[]{1, 2, 3, 4}, 2, 2);

        a.matmul(a).sum().backward(); // da(i, j) = sum of row j + sum of column i

        assertArrayEquals(new float[]{3 + 4, 7 + 4, 3 + 6, 7 + 6}, a.grad().toArray());
    }

    @Test
    void detachAndFrozenParametersStopTheFlow() {
        Tensor x = variable(new float[]{3}, 1);
        Parameter frozen = parameter(new float[]{5}, 1).requiresGrad(false);

        x.detach().mul(x).add(frozen).sum().backward();

        assertArrayEquals(new float[]{3}, x.grad().toArray());
        assertFalse(frozen.hasGrad());
    }

    @Test
    void aBiasLearnsAlone() {
        Tensor x = step.tensor(new float[]{1, 2}, 2, 1);
        Parameter frozen = parameter(new float[]{5}, 1, 1).requiresGrad(false);
        Parameter bias = parameter(new float[]{0}, 1);

        x.linear(frozen, bias).sum().backward();

        assertArrayEquals(new float[]{2}, bias.grad().toArray());
        assertFalse(frozen.hasGrad());
    }

    @Test
    void gradientsInBetweenAreReleased() {
        Tensor x = variable(new float[]{3}, 1);
        Tensor y = x.mul(x);

        y.sum().backward();

        assertFalse(y.hasGrad());
        assertArrayEquals(new float[]{6}, x.grad().toArray());
    }

    @Test
    void backwardMayBeRepeated() {
        Tensor x = variable(new float[]{3}, 1);
        Tensor loss = x.mul(x).sum();

        loss.backward();
        loss.backward();

        assertArrayEquals(new float[]{12}, x.grad().toArray());
    }

    @Test
    void onlyWhatTheLossDependsOnIsVisited() {
        Tensor x = variable(new float[]{3}, 1);
        Tensor unrelated = variable(new float[]{4}, 1);
        unrelated.mul(unrelated).sum();
        Tensor loss = x.sum();
        Tensor later = x.mul(x).sum();

        loss.backward();

        assertArrayEquals(new float[]{1}, x.grad().toArray());
        assertFalse(unrelated.hasGrad());
        assertFalse(later.hasGrad());
    }

    @Test
    void lossesRefuseWhatTheyCannotUse() {
        Tensor y = variable(new float[]{1, 2}, 1, 2);

        assertEquals("quadratic: output is [1, 2], target is [2]: need the same shape",
                refusal(() -> Losses.quadratic(y, step.tensor(new float[2], 2))));
        assertEquals("binaryCrossEntropyWithLogits: target requires a gradient; detach it",
                refusal(() -> Losses.binaryCrossEntropyWithLogits(y, y)));
        assertEquals("crossEntropy: logits is [1, 2], labels.length = 0, need labels.length >= 1",
                refusal(() -> Losses.crossEntropy(y, new int[0])));
        assertEquals("crossEntropy: logits is [2], need [batch, classes] with batch >= 1",
                refusal(() -> Losses.crossEntropy(y.reshape(Shape.of(2)), new int[2])));
        assertEquals("SoftmaxCrossEntropy.forward: label[0] = 2, need 0 <= label < cols = 2",
                refusal(() -> Losses.crossEntropy(y, new int[]{2})));
        Tensor empty = step.tensor(new float[0], 0, 2);
        assertEquals("quadratic: output is [0, 2], need [batch, ...] with batch >= 1",
                refusal(() -> Losses.quadratic(empty, empty)));
    }

    private Tensor variable(float[] data, int... sizes) {
        return step.tensor(data, sizes).requiresGrad(true);
    }

    private static Parameter parameter(float[] data, int... sizes) {
        Parameter parameter = new Parameter(Shape.of(sizes));
        System.arraycopy(data, 0, parameter.data(), parameter.offset(), data.length);
        return parameter;
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
