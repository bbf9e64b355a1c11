package lanewise.kernels.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Channels that a reader can verify by hand. */
class BatchNormTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void eachChannelByItsMeanAndDeviationOverTheBatch() {
        float[] y = new float[8];
        float[] statistics = new float[6];
        float[] mean = {1, 1};
        float[] variance = {1, 1};
        // Images (1, 1 | 5, 5) and (3, 3 | 5, 5): channel 0 has mean 2 and variance 1, channel 1 mean 5 and variance 0.
        BatchNorm.forward(WORKERS, 2, 2, 2, 0.25f, 0.5f, new float[]{1, 1, 5, 5, 3, 3, 5, 5}, 0, new float[]{2, 2}, 0,
                new float[]{0, 7}, 0, mean, 0, variance, 0, y, 0, statistics, 0);
        float z = (float) (2 / Math.sqrt(1.25));
        assertArrayEquals(new float[]{-z, -z, 7, 7, z, z, 7, 7}, y, 1e-6f);
        assertArrayEquals(new float[]{1.5f, 3}, mean);
        assertArrayEquals(new float[]{2, z / 2, 0, 5, 2, 0}, statistics);
        // The running variance takes 4 / 3 of the batch's.
        assertArrayEquals(new float[]{(float) (0.5 + 0.5 * 4 / 3), 0.5f}, variance, 1e-6f);
    }

    @Test
    void givenStatistics() {
        float[] y = new float[2];
        BatchNorm.inference(WORKERS, 1, 2, 1, 0f, new float[]{5, 5}, 0, new float[]{2, 2}, 0, new float[]{0, 1}, 0,
                new float[]{1, 5}, 0, new float[]{4, 1}, 0, y, 0);
        assertArrayEquals(new float[]{4, 1}, y);
    }

    @Test
    void theGradientIsFreeOfMeanAndOfTheElements() {
        float[] dx = new float[4];
        float[] dGamma = {1};
        float[] dBeta = {1};
        BatchNorm.backward(WORKERS, 2, 1, 2, new float[]{1, 1, 5, 5}, 0, new float[]{2}, 0,
                new float[]{3, 0.5f, 0}, 0, new float[]{4, 0, 0, 0},
                0, dx, 0, false, dGamma, 0, true, dBeta, 0, false);
        assertArrayEquals(new float[]{2, -2, 0, 0}, dx);
        assertArrayEquals(new float[]{-3}, dGamma);
        assertArrayEquals(new float[]{4}, dBeta);
    }
}
