package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link ThresholdedRelu} that are known, in main loop and tail. */
class ThresholdedReluTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(23, 0f, 2f, 1.5f, -200f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(23, 0f, 2f, 0f, 0f, INF, 0f, NAN);
        float[] y = new float[23];
        ThresholdedRelu.forward(WORKERS, 23, 1.5f, x, 0, y, 0);
        assertArrayEquals(expected, y, 1e-6f);
        ThresholdedRelu.forward(WORKERS, 23, 1.5f, x, 0, x, 0);
        assertArrayEquals(expected, x, 1e-6f);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(23, 1f, 2f, NAN, 1.5f);
        float[] dy = Repeat.toLength(23, 2f);
        float[] dx = Repeat.toLength(23, NAN);
        float[] expected = Repeat.toLength(23, 0f, 2f, 2f, 0f);
        ThresholdedRelu.backward(WORKERS, 23, 1.5f, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(expected, dx, 1e-6f);
        float[] old = dx.clone();
        ThresholdedRelu.backward(WORKERS, 23, 1.5f, x, 0, dy, 0, dx, 0, true);
        for (int i = 0; i < 23; i++) {
            expected[i] += old[i];
        }
        assertArrayEquals(expected, dx, 1e-6f);
    }
}
