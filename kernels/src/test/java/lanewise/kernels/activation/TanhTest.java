package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link Tanh} that are known exactly, in main loop and tail. */
class TanhTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(23, 0f, -0f, 20f, -20f, INF, -INF, NAN, 0x1p-30f);
        float[] expected = Repeat.toLength(23, 0f, -0f, 1f, -1f, 1f, -1f, NAN, 0x1p-30f);
        float[] y = new float[23];
        Tanh.forward(WORKERS, 23, x, 0, y, 0);
        assertArrayEquals(expected, y);
        Tanh.forward(WORKERS, 23, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] y = Repeat.toLength(23, 0.5f, -1f);
        float[] dy = Repeat.toLength(23, 2f, 3f);
        float[] dx = Repeat.toLength(23, NAN);
        Tanh.backward(WORKERS, 23, y, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(23, 1.5f, 0f), dx);
        Tanh.backward(WORKERS, 23, y, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(23, 2 * 1.5f, 2 * 0f), dx);
    }
}
