package lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SGDTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Parameter w = filled(2);
    private final Parameter b = filled(4);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void goesAgainstTheGradientAndUsesItUp() {
        SGD sgd = new SGD(workers, List.of(w), 0.5f);

        backward(w);
        sgd.step();

        assertArrayEquals(new float[]{1.5f, 1.5f}, w.toArray());
        assertFalse(w.hasGrad());
        sgd.step(); // without a gradient nothing moves
        assertArrayEquals(new float[]{1.5f, 1.5f}, w.toArray());
    }

    @Test
    void theL1PenaltyDrawsWeightsToZero() {
        SGD sgd = new SGD(workers, new ParameterGroup(List.of(w), 0.5f, 0, 0.5f));

        backward(w);
        sgd.step();

        assertArrayEquals(new float[]{1.25f, 1.25f}, w.toArray());
    }

    @Test
    void theLearningRateMayFallBetweenSteps() {
        SGD sgd = new SGD(workers, List.of(w), 0.5f);

        backward(w);
        sgd.step();
        sgd.groups().forEach(group -> group.learningRate(0.25f * group.learningRate()));
        backward(w);
        sgd.step();

        assertArrayEquals(new float[]{1.375f, 1.375f}, w.toArray());
    }

    @Test
    void gradientsOfSeveralBatchesAddUp() {
        SGD sgd = new SGD(workers, List.of(w), 0.5f);

        backward(w);
        backward(w);
        sgd.step();

        assertArrayEquals(new float[]{1, 1}, w.toArray());
    }

    @Test
    void theNextGradientOverwritesTheUsedOne() {
        SGD sgd = new SGD(workers, List.of(w), 0.5f);

        backward(w);
        sgd.step();
        backward(w);
        sgd.step();

        assertArrayEquals(new float[]{1, 1}, w.toArray());
    }

    @Test
    void zeroGradForgetsWithoutAStep() {
        SGD sgd = new SGD(workers, List.of(w), 0.5f);

        backward(w);
        sgd.zeroGrad();
        sgd.step();

        assertArrayEquals(new float[]{2, 2}, w.toArray());
    }

    @Test
    void eachGroupHasItsSettings() {
        ParameterGroup weights = new ParameterGroup(List.of(w), 0.5f, 0.25f);
        ParameterGroup biases = new ParameterGroup(List.of(b), 1, 0);
        SGD sgd = new SGD(workers, weights, biases);

        backward(w);
        backward(b);
        sgd.step();
        assertArrayEquals(new float[]{1.25f, 1.25f}, w.toArray()); // 2 - 0.5 (1 + 0.25 * 2)
        assertArrayEquals(new float[]{3, 3}, b.toArray());

        biases.learningRate(2);
        backward(b);
        sgd.step();
        assertArrayEquals(new float[]{1, 1}, b.toArray());
        assertEquals(2, biases.learningRate());
        assertEquals(0.25f, weights.weightDecay());
    }

    @Test
    void settingsAreChecked() {
        assertEquals("ParameterGroup: learningRate = NaN, need a finite number >= 0",
                assertThrows(IllegalArgumentException.class, () -> new SGD(workers, List.of(w), Float.NaN))
                        .getMessage());
        assertEquals("ParameterGroup: weightDecay = -1.0, need a finite number >= 0",
                assertThrows(IllegalArgumentException.class, () -> new ParameterGroup(List.of(w), 1, -1))
                        .getMessage());
    }

    /** Makes a gradient of ones. */
    private void backward(Parameter parameter) {
        try (Step step = tape.step()) {
            step.tensor(parameter).sum().backward();
        }
    }

    private static Parameter filled(float value) {
        Parameter parameter = new Parameter(Shape.of(2));
        Arrays.fill(parameter.data(), value);
        return parameter;
    }
}
