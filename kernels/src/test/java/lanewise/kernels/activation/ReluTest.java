package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The rectifier, its special values and its derivative. */
class ReluTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void keepsWhatIsNotNegative() {
        // Longer than the widest vector, so that main loop and tail see each special value.
        float[] x = {-1, 2, -0f, 0, NAN, INF, -INF, Float.MIN_VALUE, -Float.MIN_VALUE, 3, -4, 5, -6, 7, -8, 9, -1, 2,
                -0f,
                0, NAN, INF, -INF};
        float[] expected = {0, 2, -0f, 0, NAN, INF, 0, Float.MIN_VALUE, 0, 3, 0, 5, 0, 7, 0, 9, 0, 2, -0f, 0, NAN, INF,
                0};
        float[] y = new float[23];
        Relu.forward(WORKERS, 23, x, 0, y, 0);
        assertArrayEquals(expected, y);
        Relu.forward(WORKERS, 23, x, 0, x, 0);
        assertArrayEquals(expected, x);
    }

    @Test
    void gradientPassesWhereTheResultIsPositive() {
        float[] y = {1, 0, -0f, NAN, 2};
        float[] dy = {10, 11, NAN, 13, 14};
        float[] dx = {NAN, NAN, NAN, NAN, NAN};
        Relu.backward(WORKERS, 5, y, 0, dy, 0, dx, 0, false);
        assertArrayEquals(new float[]{10, 0, 0, 13, 14}, dx);
        Relu.backward(WORKERS, 5, y, 0, dy, 0, dx, 0, true);
        assertArrayEquals(new float[]{20, 0, 0, 26, 28}, dx);
    }
}
