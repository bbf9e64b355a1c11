package lanewise.kernels.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class LogSoftmaxTest {

    private static final float LN2 = (float) Math.log(2);
    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void logarithmsOfShares() {
        float[] y = new float[3];
        LogSoftmax.forward(WORKERS, 1, 3, 1, new float[]{5, 5 + LN2, 5}, 0, y, 0);
        assertArrayEquals(new float[]{-2 * LN2, -LN2, -2 * LN2}, y, 1e-6f);
    }

    @Test
    void passesTheGradientOn() {
        float[] dx = {1, 1};
        LogSoftmax.backward(WORKERS, 1, 2, 1, new float[]{-LN2, -LN2}, 0, new float[]{4, 0}, 0, dx, 0, false);
        assertArrayEquals(new float[]{2, -2}, dx, 1e-6f);
    }
}
