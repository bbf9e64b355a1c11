package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link Clip} that are known exactly, in main loop and tail. */
class ClipTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(37, 0f, -0f, 1.5f, 2f, 3f, -1f, -7f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(37, 0f, -0f, 1.5f, 2f, 2f, -1f, -1f, 2f, -1f, NAN);
        float[] y = new float[37];
        Clip.forward(WORKERS, 37, -1f, 2f, x, 0, y, 0);
        assertArrayEquals(expected, y);
        Clip.forward(WORKERS, 37, -1f, 2f, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(37, 0f, 1f, 2f, -1f, 5f, NAN);
        float[] dy = Repeat.toLength(37, 2f, 3f, 3f, NAN, NAN, 4f);
        float[] dx = Repeat.toLength(37, NAN);
        Clip.backward(WORKERS, 37, -1f, 2f, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(37, 2f, 3f, 0f, 0f, 0f, 4f), dx);
        Clip.backward(WORKERS, 37, -1f, 2f, x, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(37, 2 * 2f, 2 * 3f, 2 * 0f, 2 * 0f, 2 * 0f, 2 * 4f), dx);
    }
}
