package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link LeakyRelu} that are known exactly, in main loop and tail. */
class LeakyReluTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(23, 0f, -0f, 2f, -2f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(23, 0f, -0f, 2f, -1f, INF, -INF, NAN);
        float[] y = new float[23];
        LeakyRelu.forward(WORKERS, 23, 0.5f, x, 0, y, 0);
        assertArrayEquals(expected, y);
        LeakyRelu.forward(WORKERS, 23, 0.5f, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(23, 1f, -1f, 0f, NAN);
        float[] dy = Repeat.toLength(23, 2f, 3f, 3f, 3f);
        float[] dx = Repeat.toLength(23, NAN);
        LeakyRelu.backward(WORKERS, 23, 0.5f, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(23, 2f, 1.5f, 1.5f, 1.5f), dx);
        LeakyRelu.backward(WORKERS, 23, 0.5f, x, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(23, 2 * 2f, 2 * 1.5f, 2 * 1.5f, 2 * 1.5f), dx);
    }
}
