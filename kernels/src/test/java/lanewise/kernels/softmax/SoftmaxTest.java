package lanewise.kernels.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class SoftmaxTest {

    private static final float LN2 = (float) Math.log(2);
    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void sharesInProportionToExponentials() {
        float[] y = new float[8];
        Softmax.forward(WORKERS, 2, 3, 1, new float[]{5, 5 + LN2, 5, 0, 0, LN2}, 0, y, 1);
        assertArrayEquals(new float[]{0, 0.25f, 0.5f, 0.25f, 0.25f, 0.25f, 0.5f, 0}, y, 1e-6f);
    }

    @Test
    void columnsAreRowsAlongAnotherAxis() {
        float[] y = new float[6];
        Softmax.forward(WORKERS, 1, 3, 2, new float[]{5, 0, 5 + LN2, 0, 5, LN2}, 0, y, 0);
        assertArrayEquals(new float[]{0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f}, y, 1e-6f);
    }

    @Test
    void passesTheGradientOn() {
        float[] dx = {1, 1};
        Softmax.backward(WORKERS, 1, 2, 1, new float[]{0.5f, 0.5f}, 0, new float[]{4, 0}, 0, dx, 0, true);
        assertArrayEquals(new float[]{2, 0}, dx);
    }
}
