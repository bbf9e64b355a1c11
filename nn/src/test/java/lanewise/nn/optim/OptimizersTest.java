package lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lanewise.kernels.Workers;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimizers with a memory; what each computes is the subject of its kernel's tests. */
class OptimizersTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Parameter w = filled(2, 2);

    private final Map<String, Function<ParameterGroup, Optimizer>> makers = Map.of(
            "SGD", group -> new SGD(workers, 0.9f, 0.1f, false, group),
            "Adagrad", group -> new Adagrad(workers, 1e-10f, group),
            "RMSprop", group -> new RMSprop(workers, 0.99f, 1e-8f, group),
            "Adadelta", group -> new Adadelta(workers, 0.9f, 1e-6f, group),
            "Adam", group -> new Adam(workers, 0.9f, 0.999f, 1e-8f, group),
            "AdamW", group -> new AdamW(workers, 0.9f, 0.999f, 1e-8f, group));

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    /** The second weights of PyTorch 2's optimizers with the same settings, gradients of ones, and weights of two. */
    @Test
    void twoStepsOfKnownResult() {
        assertEquals(2 - 0.1 - 0.1 * 1.8, afterTwoSteps("SGD"), 1e-6);
        assertEquals(2 - 0.1 - 0.1 / Math.sqrt(2), afterTwoSteps("Adagrad"), 1e-6);
        assertEquals(2 - 0.1 / Math.sqrt(0.01) - 0.1 / Math.sqrt(0.0199), afterTwoSteps("RMSprop"), 1e-5);
        double first = Math.sqrt(1e-6 / (0.1 + 1e-6));
        double second = Math.sqrt((0.1 * first * first + 1e-6) / (0.19 + 1e-6));
        assertEquals(2 - 0.1 * (first + second), afterTwoSteps("Adadelta"), 1e-6);
        assertEquals(1.8, afterTwoSteps("Adam"), 1e-6);
        assertEquals((2 - 0.1) - 0.1, afterTwoSteps("AdamW"), 1e-6);
    }

    @Test
    void gradientsAreClippedByTheirNormOverAllParameters() {
        Parameter late = filled(3, 2);
        Parameter without = filled(3, 2);
        Optimizer sgd = new SGD(workers, List.of(w, late, without), 1);
        backward(w);
        backward(late);
        assertEquals(Math.sqrt(5), sgd.clipGradNorm(10), 1e-6);
        assertArrayEquals(new float[]{1, 1}, w.grad().toArray());
        assertEquals(Math.sqrt(5), sgd.clipGradNorm(1), 1e-6);
        assertArrayEquals(new float[]{0.4472136f, 0.4472136f}, w.grad().toArray(), 1e-6f);
        assertArrayEquals(new float[]{0.4472136f, 0.4472136f, 0.4472136f}, late.grad().toArray(), 1e-6f);
        late.grad().data()[late.grad().offset()] = Float.NaN;
        assertEquals(Double.NaN, sgd.clipGradNorm(0.1f));
        assertEquals(0.4472136f, w.grad().toArray()[0], 1e-6f);
        assertEquals("clipGradNorm: max = 0.0, need max > 0",
                assertThrows(IllegalArgumentException.class, () -> sgd.clipGradNorm(0)).getMessage());
    }

    @Test
    void gradientsAreClippedByValue() {
        Optimizer sgd = new SGD(workers, List.of(w), 1);
        backward(w);
        w.grad().data()[w.grad().offset()] = -3;
        sgd.clipGradValue(0.5f);
        assertArrayEquals(new float[]{-0.5f, 0.5f}, w.grad().toArray());
        assertRefused("clipGradValue: max = -1.0, need max > 0", () -> sgd.clipGradValue(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SGD", "Adagrad", "RMSprop", "Adadelta", "Adam", "AdamW"})
    void eachParameterHasAMemoryOfItsOwn(String name) {
        Parameter late = filled(3, 2);
        Optimizer optimizer = makers.get(name).apply(new ParameterGroup(List.of(w, late), 0.1f, 0.01f));
        backward(w);
        optimizer.step();
        float first = w.toArray()[0];
        backward(w);
        backward(late);
        optimizer.step();

        // The first step of the late one, whatever the other has seen.
        assertArrayEquals(new float[]{first, first, first}, late.toArray());
    }

    @Test
    void adamWDecaysByItself() {
        AdamW optimizer = new AdamW(workers, List.of(w), 0.5f);
        backward(w);
        optimizer.step();
        assertEquals(2 * (1 - 0.5 * 0.01) - 0.5, w.toArray()[0], 1e-6);
    }

    @Test
    void settingsAreChecked() {
        ParameterGroup group = new ParameterGroup(List.of(w), 1, 0);
        assertRefused("Adam: beta1 = 1.0, need 0 <= beta1 < 1", () -> new Adam(workers, 1, 0, 0, group));
        assertRefused("AdamW: beta2 = NaN, need 0 <= beta2 < 1", () -> new AdamW(workers, 0, Float.NaN, 0, group));
        assertRefused("RMSprop: epsilon = -1.0, need a finite number >= 0", () -> new RMSprop(workers, 0, -1, group));
        assertRefused("SGD: nesterov with momentum = 0.0 and dampening = 0.0, need momentum > 0 and dampening = 0",
                () -> new SGD(workers, 0, 0, true, group));
        assertRefused("SGD: nesterov with momentum = 0.9 and dampening = 0.5, need momentum > 0 and dampening = 0",
                () -> new SGD(workers, 0.9f, 0.5f, true, group));
        assertDoesNotThrow(() -> new SGD(workers, 0.9f, 0, true, group));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    private float afterTwoSteps(String name) {
        Arrays.fill(w.data(), 2);
        Optimizer optimizer = makers.get(name).apply(new ParameterGroup(List.of(w), 0.1f, 0));
        for (int i = 0; i < 2; i++) {
            backward(w);
            optimizer.step();
        }
        return w.toArray()[0];
    }

    /** Makes a gradient of ones. */
    private void backward(Parameter parameter) {
        try (Step step = tape.step()) {
            step.tensor(parameter).sum().backward();
        }
    }

    private static Parameter filled(int n, float value) {
        Parameter parameter = new Parameter(Shape.of(n));
        Arrays.fill(parameter.data(), value);
        return parameter;
    }
}
