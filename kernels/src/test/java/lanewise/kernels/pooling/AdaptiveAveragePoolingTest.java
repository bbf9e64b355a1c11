package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Three elements shared out among two windows, and four. */
class AdaptiveAveragePoolingTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void neighboursShareAnElement() {
        check(AdaptivePoolingGeometry.of1d(1, 1, 3, 2), new float[]{1, 3, 5}, new float[]{2, 4}, new float[]{1, 3, 2});
    }

    @Test
    void sizesThatDivideEvenlyAreOrdinaryPooling() {
        check(AdaptivePoolingGeometry.of2d(1, 1, 1, 4, 1, 2), new float[]{1, 3, 5, 9}, new float[]{2, 7},
                new float[]{1, 1, 2, 2});
    }

    private static void check(AdaptivePoolingGeometry g, float[] x, float[] y, float[] dx) {
        float[] computed = new float[y.length];
        AdaptiveAveragePooling.forward(WORKERS, g, x, 0, computed, 0);
        assertArrayEquals(y, computed);
        float[] gradient = new float[dx.length];
        AdaptiveAveragePooling.backward(WORKERS, g, new float[]{2, 4}, 0, gradient, 0, false);
        assertArrayEquals(dx, gradient);
    }
}
