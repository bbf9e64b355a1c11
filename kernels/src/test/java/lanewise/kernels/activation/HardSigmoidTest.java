package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of {@link HardSigmoid} that are known exactly, in main loop and tail. */
class HardSigmoidTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void forwardGivesKnownValues() {
        float[] x = Repeat.toLength(37, 0f, 1f, -1f, 2f, 3f, -2f, -7f, INF, -INF, NAN);
        float[] expected = Repeat.toLength(37, 0.5f, 0.75f, 0.25f, 1f, 1f, 0f, 0f, 1f, 0f, NAN);
        float[] y = new float[37];
        HardSigmoid.forward(WORKERS, 37, 0.25f, 0.5f, x, 0, y, 0);
        assertArrayEquals(expected, y);
        HardSigmoid.forward(WORKERS, 37, 0.25f, 0.5f, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void backwardGivesKnownValuesAndAdds() {
        float[] x = Repeat.toLength(37, 0f, 1f, 2f, -2f, 5f, NAN);
        float[] dy = Repeat.toLength(37, 2f, 4f, 3f, NAN, NAN, 4f);
        float[] dx = Repeat.toLength(37, NAN);
        HardSigmoid.backward(WORKERS, 37, 0.25f, 0.5f, x, 0, dy, 0, dx, 0, false);
        assertArrayEquals(Repeat.toLength(37, 0.5f, 1f, 0f, 0f, 0f, 1f), dx);
        HardSigmoid.backward(WORKERS, 37, 0.25f, 0.5f, x, 0, dy, 0, dx, 0, true);
        assertArrayEquals(Repeat.toLength(37, 2 * 0.5f, 2 * 1f, 2 * 0f, 2 * 0f, 2 * 0f, 2 * 1f), dx);
    }
}
