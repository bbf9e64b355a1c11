package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Norms that a reader can verify by hand. */
class LpPoolingTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static final PoolingGeometry PAIRS = PoolingGeometry.of1d(1, 1, 4, 2);
    private static final float[] X = {3, -4, 0, 0};

    @Test
    void theEuclideanNorm() {
        float[] y = new float[2];
        LpPooling.forward(WORKERS, PAIRS, 2, X, 0, y, 0);
        assertArrayEquals(new float[]{5, 0}, y);
        float[] dx = new float[4];
        LpPooling.backward(WORKERS, PAIRS, 2, X, 0, y, 0, new float[]{10, 7}, 0, dx, 0, false);
        assertArrayEquals(new float[]{6, -8, 0, 0}, dx);
    }

    @Test
    void theSumOfMagnitudes() {
        float[] y = new float[2];
        LpPooling.forward(WORKERS, PAIRS, 1, X, 0, y, 0);
        assertArrayEquals(new float[]{7, 0}, y);
        float[] dx = new float[4];
        LpPooling.backward(WORKERS, PAIRS, 1, X, 0, y, 0, new float[]{10, 7}, 0, dx, 0, false);
        assertArrayEquals(new float[]{10, -10, 0, 0}, dx);
    }

    @Test
    void anyPower() {
        float[] y = new float[1];
        LpPooling.forward(WORKERS, PoolingGeometry.global1d(1, 1, 3), 3, new float[]{3, 4, -5}, 0, y, 0);
        assertEquals(6, y[0]);
    }

    @Test
    void powersBelowOneAreRefused() {
        for (float p : new float[]{0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertEquals("LpPooling.forward: p = " + p + ", need a finite p >= 1",
                    assertThrows(IllegalArgumentException.class,
                            () -> LpPooling.forward(WORKERS, PAIRS, p, X, 0, new float[2], 0)).getMessage());
        }
    }
}
