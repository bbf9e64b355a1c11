package lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.State;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.Linear;
import lanewise.nn.loss.Losses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LBFGSTest {

    private static final int SAMPLES = 120;
    private static final int FEATURES = 4;

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private int evaluations;

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void findsTheBottomOfRosenbrocksValley() {
        Parameter x = parameter(-1.2f);
        Parameter y = parameter(1);
        LBFGS optimizer = new LBFGS(List.of(x, y), 100, 10, 0, 0);

        double loss = optimizer.step(() -> rosenbrock(x, y));

        assertTrue(loss < 1e-10, () -> "loss " + loss);
        assertEquals(1, x.item(), 1e-4);
        assertEquals(1, y.item(), 1e-4);
        assertTrue(evaluations < 80, () -> evaluations + " evaluations");
    }

    @Test
    void manyShortStepsAreAsGoodAsALongOne() {
        Parameter x = parameter(-1.2f);
        Parameter y = parameter(1);
        LBFGS optimizer = new LBFGS(List.of(x, y), 3, 10, 0, 0);

        double loss = 1;
        for (int i = 0; i < 20; i++) {
            loss = optimizer.step(() -> rosenbrock(x, y));
        }

        assertEquals(0, loss, 1e-10);
    }

    @Test
    void findsTheOptimumThatAdamFinds() {
        Tensor samples = Tensor.of(new float[SAMPLES * FEATURES], SAMPLES, FEATURES);
        new Generator(5).normal(samples, 0, 1);
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            float a = samples.data()[i * FEATURES];
            float b = samples.data()[i * FEATURES + 1];
            labels[i] = a + 0.3f * samples.data()[i * FEATURES + 2] > 0.3f ? 0 : b > 0 ? 1 : 2;
        }
        Linear first = new Linear(FEATURES, 3, new Generator(1));
        Linear second = new Linear(FEATURES, 3, new Generator(2));

        LBFGS lbfgs = new LBFGS(first.parameters(), 200, 20, 1e-7, 0);
        double found = lbfgs.step(() -> regression(first, samples, labels));
        int ofLbfgs = evaluations;
        Adam adam = new Adam(workers, second.parameters(), 0.1f);
        Scheduler scheduler = new Scheduler(adam, Schedule.exponential(0.995));
        double expected = 0;
        for (int i = 0; i < 3000; i++) {
            expected = regression(second, samples, labels);
            adam.step();
            scheduler.step();
        }

        assertEquals(expected, found, 1e-6);
        assertArrayEquals(second.weight().toArray(), first.weight().toArray(), 1e-3f);
        assertTrue(ofLbfgs < 60, () -> ofLbfgs + " evaluations");
    }

    @Test
    void goesOnFromItsStateToTheSameBits() {
        Parameter x = parameter(-1.2f);
        Parameter y = parameter(1);
        LBFGS whole = new LBFGS(List.of(x, y), 5, 4, 0, 0);
        whole.step(() -> rosenbrock(x, y));
        List<Float> middle = List.of(x.item(), y.item());
        LBFGS resumed = new LBFGS(List.of(x, y), 5, 4, 0, 0);
        State state = copy(whole.state());
        double expected = whole.step(() -> rosenbrock(x, y));

        x.data()[0] = middle.get(0);
        y.data()[0] = middle.get(1);
        resumed.restoring(state).run();

        assertEquals(expected, resumed.step(() -> rosenbrock(x, y)));
        assertThrows(IllegalArgumentException.class,
                () -> new LBFGS(List.of(x), 5, 4, 0, 0).restoring(state), "other shapes");
        assertThrows(IllegalArgumentException.class,
                () -> new LBFGS(List.of(x, y), 5, 2, 0, 0).restoring(state), "shorter history");
    }

    @Test
    void stepsBackFromLossesThatAreNoNumbers() {
        Parameter x = parameter(4);
        LBFGS optimizer = new LBFGS(List.of(x), 50, 5, 1e-6, 0);

        // x - log x is infinite at 0 and no number below
        double loss = optimizer.step(() -> {
            try (Step step = tape.step()) {
                Tensor here = step.tensor(x);
                Tensor f = here.mul(10f).sub(here.apply(lanewise.kernels.elementwise.UnaryFunction.LOG)).sum();
                f.backward();
                return f.item();
            }
        });

        assertEquals(0.1, x.item(), 1e-4);
        assertEquals(1 + Math.log(10), loss, 1e-5);
    }

    @Test
    void badSettingsAreNamed() {
        List<Parameter> none = new ArrayList<>();
        assertEquals("LBFGS: iterations = 0, need iterations >= 1",
                assertThrows(IllegalArgumentException.class, () -> new LBFGS(none, 0, 1, 0, 0)).getMessage());
        assertEquals("LBFGS: changeTolerance = NaN, need a finite number >= 0", assertThrows(
                IllegalArgumentException.class, () -> new LBFGS(none, 1, 1, 0, Double.NaN)).getMessage());
        assertEquals(0, new LBFGS(none).step(() -> 0), "nothing to do");
    }

    private double rosenbrock(Parameter x, Parameter y) {
        evaluations++;
        try (Step step = tape.step()) {
            Tensor here = step.tensor(x);
            Tensor valley = step.tensor(y).sub(here.mul(here));
            Tensor ahead = step.tensor(Tensor.of(new float[]{1}, 1)).sub(here);
            Tensor f = ahead.mul(ahead).add(valley.mul(valley).mul(100f)).sum();
            f.backward();
            return f.item();
        }
    }

    private double regression(Linear linear, Tensor samples, int[] labels) {
        evaluations++;
        try (Step step = tape.step()) {
            Tensor weight = step.tensor(linear.weight());
            Tensor loss = Losses.crossEntropy(linear.forward(step.tensor(samples)), labels)
                    .add(weight.mul(weight).sum().mul(0.01f));
            loss.backward();
            return loss.item();
        }
    }

    private static State copy(State state) {
        var tensors = new java.util.LinkedHashMap<String, Tensor>();
        state.tensors().forEach((name, tensor) -> tensors.put(name, Tensor.of(tensor.toArray(), tensor.shape())));
        return new State(tensors, state.values());
    }

    private static Parameter parameter(float value) {
        Parameter parameter = new Parameter(Shape.of(1));
        parameter.data()[0] = value;
        return parameter;
    }
}
