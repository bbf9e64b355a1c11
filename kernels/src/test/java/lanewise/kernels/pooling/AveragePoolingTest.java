package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Means that a reader can verify by hand. */
class AveragePoolingTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void theMeanOfFour() {
        PoolingGeometry g = PoolingGeometry.of2d(1, 1, 2, 4, 2, 2);
        checkForward(g, false, new float[]{1, 2, 5, 6, 3, 4, 7, 10}, new float[]{2.5f, 7});
        checkBackward(g, false, new float[]{4, 8}, new float[]{1, 1, 2, 2, 1, 1, 2, 2});
    }

    @Test
    void paddingCountsOrNot() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 3, 3).stride(2).padding(1);
        checkForward(g, true, new float[]{3, 6, 12}, new float[]{3, 6});
        checkForward(g, false, new float[]{3, 6, 12}, new float[]{4.5f, 9});
        checkBackward(g, true, new float[]{3, 6}, new float[]{1, 3, 2});
        checkBackward(g, false, new float[]{2, 6}, new float[]{1, 4, 3});
    }

    /** The last window has one element and one behind the end, which is not padding. */
    @Test
    void whatRunsOverTheEndNeverCounts() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 3, 2).ceilMode();
        checkForward(g, true, new float[]{3, 5, 7}, new float[]{4, 7});
    }

    @Test
    void aWindowOfPaddingAloneIsZero() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 1, 2).stride(3).padding(2);
        checkForward(g, false, new float[]{5}, new float[]{0, 0});
    }

    private static void checkForward(PoolingGeometry g, boolean includePad, float[] x, float[] y) {
        float[] computed = new float[y.length];
        AveragePooling.forward(WORKERS, g, includePad, x, 0, computed, 0);
        assertArrayEquals(y, computed);
    }

    private static void checkBackward(PoolingGeometry g, boolean includePad, float[] dy, float[] dx) {
        float[] computed = new float[dx.length];
        AveragePooling.backward(WORKERS, g, includePad, dy, 0, computed, 0, false);
        assertArrayEquals(dx, computed);
        AveragePooling.backward(WORKERS, g, includePad, dy, 0, computed, 0, true);
        for (int i = 0; i < dx.length; i++) {
            dx[i] *= 2;
        }
        assertArrayEquals(dx, computed);
    }
}
