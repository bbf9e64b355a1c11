package lanewise.bench.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.bench.contest.DisagreementException;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.Test;

class TrainingTaskTest {

    @Test
    void rowsHaveTheirNames() {
        assertEquals(TrainingTask.MLP_784_512_512_10, TrainingTask.of("mlp-784-512-512-10"));
        assertEquals(TrainingTask.CHAR_LSTM, TrainingTask.of("char-lstm"));
        assertThrows(IllegalArgumentException.class, () -> TrainingTask.of("mlp"));
    }

    /** What a summary counts is what the rate is of: two operations for each product, three passes. */
    @Test
    void operationsAreThoseOfTheNetworks() {
        for (TrainingTask task : TrainingTask.values()) {
            String[] lines = task.network().summary(task.inputSizes()).split("\\R", -1);
            String total = lines[lines.length - 2];
            if (!task.readsCharacters()) { // a module of its own is one row, without products
                String products = total.substring(total.lastIndexOf(' ') + 1).replace(",", "");
                assertEquals(6.0 * Long.parseLong(products), task.workload().work(), task.toString());
            }
        }
    }

    @Test
    void lossesOfTheFirstStepsAreCompared() {
        TrainingProblem problem = TrainingProblem.of("mlp-784-30-10");
        float[] losses;
        try (Workers workers = Workers.of(2); TrainingLoop loop = new TrainingLoop(workers, problem)) {
            losses = loop.firstLosses();
        }
        problem.verify(losses);
        assertTrue(losses[3] < losses[0]);
        losses[2] *= 1.01f;
        assertThrows(DisagreementException.class, () -> problem.verify(losses));
        losses[2] = Float.NaN;
        assertThrows(DisagreementException.class, () -> problem.verify(losses));
    }
}
