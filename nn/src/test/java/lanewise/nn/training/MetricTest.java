package lanewise.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Test
    void labelsAmongTheLargestOutputsAreCounted() {
        Batch batch = new DataLoader(Dataset.of(new float[3], new int[]{2, 1, 0}, Shape.of(1), 3), 3).iterator().next();
        // The second row has equal outputs: its label is the second of them.
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers); Step step = tape.inference()) {
            Tensor output = step.tensor(new float[]{1, 2, 3, 5, 5, 5, 0, 1, 2}, 3, 3);

            assertEquals(1, Metric.accuracy().sum(output, batch));
            assertEquals(1, Metric.topAccuracy(1).sum(output, batch));
            assertEquals(2, Metric.topAccuracy(2).sum(output, batch));
            assertEquals(3, Metric.topAccuracy(3).sum(output, batch));
        }
        assertEquals("topAccuracy: k = 0, need k >= 1",
                assertThrows(IllegalArgumentException.class, () -> Metric.topAccuracy(0)).getMessage());
    }
}
