package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Maxima that go back to their places. */
class MaxUnpoolingTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void putsBackAndTakesTheGradientFromThere() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 2, 4, 2);
        int[] argmax = {1, 2, 0, 3};
        float[] y = new float[8];
        MaxUnpooling.forward(WORKERS, g, new float[]{5, 6, 7, 8}, 0, argmax, 0, y, 0);
        assertArrayEquals(new float[]{0, 5, 6, 0, 7, 0, 0, 8}, y);
        float[] dx = {1, 1, 1, 1};
        MaxUnpooling.backward(WORKERS, g, new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 0, argmax, 0, dx, 0, true);
        assertArrayEquals(new float[]{3, 4, 6, 9}, dx);
    }
}
