package lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import lanewise.kernels.Workers;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Expected values: PyTorch's documentation of each scheduler, worked out by hand. */
class SchedulesTest {

    private final Workers workers = Workers.single();
    private final SGD sgd = new SGD(workers,
            new ParameterGroup(List.of(new Parameter(Shape.of(2))), 0.5f, 0),
            new ParameterGroup(List.of(new Parameter(Shape.of(2))), 2, 0));

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void factorsOfEachSchedule() {
        assertFactors(Schedule.constant(0.5), 0.5, 0.5, 0.5);
        assertFactors(Schedule.step(2, 0.1), 1, 1, 0.1, 0.1, 0.01);
        assertFactors(Schedule.multiStep(0.5, 1, 3), 1, 0.5, 0.5, 0.25, 0.25);
        assertFactors(Schedule.multiStep(0.5), 1, 1);
        assertFactors(Schedule.exponential(0.5), 1, 0.5, 0.25);
        assertFactors(Schedule.inverseTime(0.5), 1, 1 / 1.5, 0.5, 0.4);
        assertFactors(Schedule.cosine(4, 0.2), 1, 0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, 0.6,
                0.2 + 0.8 * (1 - Math.sqrt(0.5)) / 2, 0.2, 0.2, 0.2);
        assertFactors(Schedule.warmUp(4, 0.2, Schedule.exponential(0.5)), 0.2, 0.4, 0.6, 0.8, 1, 0.5, 0.25);
        assertFactors(Schedule.warmUp(0, 0.2, Schedule.constant(1)), 1, 1);
        assertFactors(Schedule.oneCycle(10, 0.3, 25, 1e-4), 1, 13, 25,
                1e-4 + (25 - 1e-4) * (1 + Math.cos(Math.PI / 7)) / 2);
        assertEquals(1e-4, Schedule.oneCycle(10, 0.3, 25, 1e-4).factor(9), 1e-12);
        assertEquals(1e-4, Schedule.oneCycle(10, 0.3, 25, 1e-4).factor(99), 1e-12);
        assertFactors(Schedule.oneCycle(3, 0.1, 25, 0.5), 25 - 24.5 * (1 - Math.cos(Math.PI * 0.7 / 2.7)) / 2);
    }

    @Test
    void aSchedulerScalesTheInitialRateOfEachGroup() {
        Scheduler scheduler = new Scheduler(sgd, Schedule.warmUp(2, 0.5, Schedule.exponential(0.5)));
        assertRates(0.25f, 1);

        scheduler.step();
        assertRates(0.375f, 1.5f);
        scheduler.step();
        assertRates(0.5f, 2);
        State state = scheduler.state();
        scheduler.step();
        assertRates(0.25f, 1);

        scheduler.restoring(state).run();
        assertRates(0.5f, 2);
    }

    @Test
    void aPlateauLowersTheRates() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(sgd, 0.5f, 1);

        assertFalse(plateau.step(3));
        assertFalse(plateau.step(2));
        assertFalse(plateau.step(1.9999), "less than the threshold is no improvement");
        State state = plateau.state();
        assertTrue(plateau.step(2));
        assertRates(0.25f, 1);
        assertFalse(plateau.step(Double.NaN), "patience is new");
        assertTrue(plateau.step(Double.NaN));
        assertRates(0.125f, 0.5f);

        plateau.restoring(state).run();
        assertTrue(plateau.step(2));
        assertRates(0.0625f, 0.25f);
    }

    @Test
    void trainingStopsWithoutImprovement() {
        EarlyStopping stopping = new EarlyStopping(2, 0);

        assertEquals(Double.POSITIVE_INFINITY, stopping.best());
        assertFalse(stopping.step(-1));
        assertFalse(stopping.step(-1));
        assertFalse(stopping.step(-2), "improved");
        assertFalse(stopping.step(-1));
        assertTrue(stopping.step(-2));
        assertEquals(-2, stopping.best());
        EarlyStopping other = new EarlyStopping(2, 0);
        other.restoring(stopping.state()).run();
        assertTrue(other.step(-2));
        assertFalse(other.step(-3));
    }

    @Test
    void badSettingsAreNamed() {
        assertMessage("Schedule.step: every = 0, need every >= 1", () -> Schedule.step(0, 1));
        assertMessage("Schedule.exponential: gamma = NaN, need a finite number >= 0",
                () -> Schedule.exponential(Double.NaN));
        assertMessage("Schedule.multiStep: milestones = [3, 1], need them >= 0 and ascending",
                () -> Schedule.multiStep(1, 3, 1));
        assertMessage("Schedule.then: steps = -1.0, need a finite number >= 0",
                () -> Schedule.constant(1).then(-1, Schedule.constant(1)));
        assertMessage("Schedule.constant: factor = -1.0, need a finite number >= 0", () -> Schedule.constant(-1));
        assertMessage("Schedule.step: gamma = Infinity, need a finite number >= 0",
                () -> Schedule.step(1, Double.POSITIVE_INFINITY));
        assertMessage("Schedule.multiStep: gamma = -0.5, need a finite number >= 0", () -> Schedule.multiStep(-0.5));
        assertMessage("Schedule.inverseTime: decay = -1.0, need a finite number >= 0", () -> Schedule.inverseTime(-1));
        assertMessage("Schedule.cosine: steps = 0, need steps >= 1", () -> Schedule.cosine(0, 0));
        assertMessage("Schedule.cosine: least = -1.0, need a finite number >= 0", () -> Schedule.cosine(1, -1));
        assertMessage("Schedule.warmUp: first = -1.0, need a finite number >= 0",
                () -> Schedule.warmUp(1, -1, Schedule.constant(1)));
        assertMessage("Schedule.oneCycle: steps = 1, need steps >= 2", () -> Schedule.oneCycle(1, 0.5, 25, 0));
        assertMessage("Schedule.oneCycle: greatest = -1.0, need a finite number >= 0",
                () -> Schedule.oneCycle(9, 0.5, -1, 0));
        assertMessage("Schedule.oneCycle: last = -1.0, need a finite number >= 0",
                () -> Schedule.oneCycle(9, 0.5, 25, -1));
        assertMessage("Schedule.oneCycle: rise = 1.0, need 0 < rise < 1", () -> Schedule.oneCycle(9, 1, 25, 0));
        assertMessage("EarlyStopping: patience = 0, need patience >= 1", () -> new EarlyStopping(0, 0));
        assertMessage("ReduceOnPlateau: factor = 1.0, need 0 <= factor < 1",
                () -> new ReduceOnPlateau(sgd, 1, 0));
        assertMessage("ReduceOnPlateau: patience = -1, need patience >= 0",
                () -> new ReduceOnPlateau(sgd, 0.5f, -1));
    }

    /** Zeros that the settings permit. */
    @Test
    void theLeastSettingsAreTaken() {
        assertFactors(Schedule.constant(0), 0);
        assertFactors(Schedule.multiStep(0.5, 0, 0), 0.25);
        assertFactors(Schedule.cosine(1, 0), 1, 0);
        assertFactors(Schedule.oneCycle(2, 0.5, 2, 0), 2, 0);
        assertTrue(new ReduceOnPlateau(sgd, 0, 0).step(Double.NaN));
        assertRates(0, 0);
        assertTrue(new EarlyStopping(1, 0).step(Double.NaN));
    }

    @Test
    void whatIsNoStateIsRefused() {
        State other = new State(Map.of(), Map.of("other", "1"));

        assertThrows(IllegalArgumentException.class, () -> new Scheduler(sgd, Schedule.constant(1)).restoring(other));
        assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(2, 0).restoring(other));
        assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(sgd, 0.5f, 1).restoring(other));
    }

    private void assertRates(float... expected) {
        float[] rates = new float[expected.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = sgd.groups().get(i).learningRate();
        }
        assertArrayEquals(expected, rates, 1e-6f);
    }

    private static void assertFactors(Schedule schedule, double... expected) {
        assertArrayEquals(expected, LongStream.range(0, expected.length).mapToDouble(schedule::factor).toArray(),
                1e-12);
    }

    private static void assertMessage(String message, Supplier<?> action) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, action::get).getMessage());
    }
}
