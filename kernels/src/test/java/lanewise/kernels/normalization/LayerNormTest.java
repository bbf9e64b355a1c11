package lanewise.kernels.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class LayerNormTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void eachRowByItsMeanAndDeviation() {
        float[] y = new float[9];
        float[] statistics = new float[6];
        LayerNorm.forward(WORKERS, 2, 4, 0f, new float[]{1, 1, 3, 3, 50, 70, 70, 50}, 0, new float[]{1, 2, 1, 1}, 0,
                new float[]{0, 0, 0, 5}, 0, y, 1, statistics, 0);
        assertArrayEquals(new float[]{0, -1, -2, 1, 6, -1, 2, 1, 4}, y);
        assertArrayEquals(new float[]{2, 1, 0, 60, 0.1f, 0}, statistics);
    }

    @Test
    void theGradientIsFreeOfMeanAndOfTheElements() {
        float[] dx = {0, 0, 0, 7};
        float[] dGamma = {1, 1, 1, 1};
        float[] dBeta = new float[4];
        // The deviation is 2. dy - mean(dy) = (3, -1, -1, -1), its part along z = (-1, -1, 1, 1) is -1.
        LayerNorm.backward(WORKERS, 1, 4, new float[]{1, 1, 5, 5}, 0, new float[]{1, 1, 1, 1}, 0,
                new float[]{3, 0.5f, 0}, 0,
                new float[]{4, 0, 0, 0}, 0, dx, 0, true, dGamma, 0, true, dBeta, 0, false);
        assertArrayEquals(new float[]{1, -1, 0, 7}, dx);
        assertArrayEquals(new float[]{-3, 1, 1, 1}, dGamma);
        assertArrayEquals(new float[]{4, 0, 0, 0}, dBeta);
    }
}
