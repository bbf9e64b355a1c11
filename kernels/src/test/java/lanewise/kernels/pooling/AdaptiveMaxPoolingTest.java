package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Three elements shared out among two windows. */
class AdaptiveMaxPoolingTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void neighboursShareAnElement() {
        AdaptivePoolingGeometry g = AdaptivePoolingGeometry.of1d(1, 1, 3, 2);
        float[] y = new float[2];
        int[] argmax = new int[2];
        AdaptiveMaxPooling.forward(WORKERS, g, new float[]{1, 3, 2}, 0, y, 0, argmax, 0);
        assertArrayEquals(new float[]{3, 3}, y);
        assertArrayEquals(new int[]{1, 1}, argmax);
        float[] dx = new float[3];
        AdaptiveMaxPooling.backward(WORKERS, g, new float[]{10, 5}, 0, argmax, 0, dx, 0, false);
        assertArrayEquals(new float[]{0, 15, 0}, dx);
    }
}
