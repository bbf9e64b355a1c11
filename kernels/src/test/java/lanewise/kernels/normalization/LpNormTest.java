package lanewise.kernels.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class LpNormTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void rowsAreUnitVectors() {
        float[] x = {3, -4, 0, 0};
        float[] y = new float[4];
        float[] norm = new float[2];
        LpNorm.forward(WORKERS, 2, 2, 2, 1, 0.5f, x, 0, y, 0, norm, 0);
        assertArrayEquals(new float[]{0.6f, -0.8f, 0, 0}, y);
        assertArrayEquals(new float[]{5, 0.5f}, norm);
        LpNorm.forward(WORKERS, 1, 1, 2, 1, 0f, new float[]{1, -3}, 0, y, 0, norm, 0);
        assertArrayEquals(new float[]{0.25f, -0.75f, 0, 0}, y);
    }

    @Test
    void theGradientIsAcrossTheRow() {
        float[] dx = new float[2];
        LpNorm.backward(WORKERS, 2, 1, 2, 1, 0f, new float[]{0, 2}, 0, new float[]{2}, 0, new float[]{3, 7}, 0, dx, 0,
                false);
        assertArrayEquals(new float[]{1.5f, 0}, dx);
        // Shorter than epsilon, a row is only scaled.
        LpNorm.backward(WORKERS, 2, 1, 2, 1, 4f, new float[]{0, 2}, 0, new float[]{4}, 0, new float[]{3, 7}, 0, dx, 0,
                true);
        assertArrayEquals(new float[]{2.25f, 1.75f}, dx);
    }
}
