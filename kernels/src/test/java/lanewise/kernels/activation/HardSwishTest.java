package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link HardSwish} that are known exactly, in main loop and tail. */
class HardSwishTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(37, 0f, -0f, 1.5f, 3f, 4f, -1.5f, -3f, -7f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(37, 0f, -0f, 1.125f, 3f, 4f, -0.375f, 0f, 0f, INF, 0f, NAN);
        float[] y = new float[37];
        HardSwish.forward(WORKERS, 37, x, 0, y, 0);
        assertArrayEquals(expected, y);
        HardSwish.forward(WORKERS, 37, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(37, 0f, 1.5f, 3f, -1.5f, -3f, -5f);
        float[] dy = Repeat.toLength(37, 2f, 3f, 3f, 4f, NAN, NAN);
        float[] dx = Repeat.toLength(37, NAN);
        HardSwish.backward(WORKERS, 37, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(37, 1f, 3f, 3f, 0f, 0f, 0f), dx);
        HardSwish.backward(WORKERS, 37, x, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(37, 2 * 1f, 2 * 3f, 2 * 3f, 2 * 0f, 2 * 0f, 2 * 0f), dx);
    }
}
