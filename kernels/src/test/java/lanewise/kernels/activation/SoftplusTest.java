package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link Softplus} that are known exactly, in main loop and tail. */
class SoftplusTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(23, 200f, -200f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(23, 200f, 0f, INF, 0f, NAN);
        float[] y = new float[23];
        Softplus.forward(WORKERS, 23, x, 0, y, 0);
        assertArrayEquals(expected, y);
        Softplus.forward(WORKERS, 23, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(23, 0f, 200f, -200f);
        float[] dy = Repeat.toLength(23, 2f, 3f, 3f);
        float[] dx = Repeat.toLength(23, NAN);
        Softplus.backward(WORKERS, 23, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(23, 1f, 3f, 0f), dx);
        Softplus.backward(WORKERS, 23, x, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(23, 2 * 1f, 2 * 3f, 2 * 0f), dx);
    }
}
