package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link Mish} that are known, in main loop and tail. */
class MishTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(23, 0f, 1f, -1f, 100f, -200f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(23, 0f, 0.8650984f, -0.3034015f, 100f, 0f, INF, NAN, NAN);
        float[] y = new float[23];
        Mish.forward(WORKERS, 23, x, 0, y, 0);
        assertArrayEquals(expected, y, 2e-6f);
        Mish.forward(WORKERS, 23, x, 0, x, 0);
        assertArrayEquals(expected, x, 2e-6f);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(23, 0f, 1f, -1f, 1e30f, -1e30f);
        float[] dy = Repeat.toLength(23, 2f);
        float[] dx = Repeat.toLength(23, NAN);
        float[] expected = Repeat.toLength(23, 1.2f, 2.0980725f, 0.1184335f, 2f, 0f);
        Mish.backward(WORKERS, 23, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(expected, dx, 2e-6f);
        float[] old = dx.clone();
        Mish.backward(WORKERS, 23, x, 0, dy, 0, dx, 0, true);
        for (int i = 0; i < 23; i++) {
            expected[i] += old[i];
        }
        assertArrayEquals(expected, dx, 2e-6f);
    }
}
