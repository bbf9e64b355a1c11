package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link Softsign} that are known exactly, in main loop and tail. */
class SoftsignTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(37, 0f, -0f, 1f, -1f, 3f, -7f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(37, 0f, -0f, 0.5f, -0.5f, 0.75f, -0.875f, 1f, -1f, NAN);
        float[] y = new float[37];
        Softsign.forward(WORKERS, 37, x, 0, y, 0);
        assertArrayEquals(expected, y);
        Softsign.forward(WORKERS, 37, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(37, 0f, 1f, -1f, 3f, INF);
        float[] dy = Repeat.toLength(37, 2f, 4f, 8f, 32f, 5f);
        float[] dx = Repeat.toLength(37, NAN);
        Softsign.backward(WORKERS, 37, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(37, 2f, 1f, 2f, 2f, 0f), dx);
        Softsign.backward(WORKERS, 37, x, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(37, 2 * 2f, 2 * 1f, 2 * 2f, 2 * 2f, 2 * 0f), dx);
    }
}
