package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values that a reader can verify by hand. */
class PReluTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void eachChannelHasItsSlope() {
        float[] x = {-2, 1, -4, 3, -1, 0, 5, -6};
        float[] slope = {0.5f, 0.25f};
        float[] y = new float[8];
        PRelu.forward(WORKERS, 2, 2, 2, x, 0, slope, 0, y, 0);
        assertArrayEquals(new float[]{-1, 1, -1, 3, -0.5f, 0, 5, -1.5f}, y);
        float[] dx = new float[8];
        float[] dSlope = {0, 100};
        PRelu.backward(WORKERS, 2, 2, 2, x, 0, slope, 0, new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 0, dx, 0, false, dSlope,
                0, true);
        assertArrayEquals(new float[]{0.5f, 2, 0.75f, 4, 2.5f, 3, 7, 2}, dx);
        assertArrayEquals(new float[]{-7, 40}, dSlope);
    }

    @Test
    void oneSlopeForAll() {
        float[] dSlope = new float[1];
        PRelu.backward(WORKERS, 2, 1, 2, new float[]{-1, 2, -3, 4}, 0, new float[]{0.5f}, 0, new float[]{1, 1, 1, 1}, 0,
                new float[4], 0, false, dSlope, 0, false);
        assertArrayEquals(new float[]{-4}, dSlope);
    }
}
