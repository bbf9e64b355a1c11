package lanewise.kernels.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class LogSumExpTest {

    private static final float LN2 = (float) Math.log(2);
    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void smoothMaximum() {
        float[] y = new float[2];
        LogSumExp.forward(WORKERS, 2, 2, 1, new float[]{1000, 1000, -5, -5}, 0, y, 0);
        assertArrayEquals(new float[]{1000 + LN2, LN2 - 5}, y, 1e-4f);
    }

    @Test
    void nothingAddsUpToNothing() {
        float[] y = new float[3];
        LogSumExp.forward(WORKERS, 1, 0, 2, new float[0], 0, y, 1);
        assertArrayEquals(new float[]{0, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY}, y);
    }

    @Test
    void passesTheGradientOn() {
        float[] dx = {1, 1};
        LogSumExp.backward(WORKERS, 1, 2, 1, new float[]{3, 3}, 0, new float[]{3 + LN2}, 0, new float[]{4}, 0, dx, 0,
                true);
        assertArrayEquals(new float[]{3, 3}, dx, 1e-5f);
    }
}
