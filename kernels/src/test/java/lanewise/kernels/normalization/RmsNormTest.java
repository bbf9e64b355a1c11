package lanewise.kernels.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class RmsNormTest {

    private static final Workers WORKERS = Workers.single();
    // The means of squares are 4 and 16.
    private static final float[] X = {2, -2, 2, 2, 4, 4, -4, 4};
    private static final float[] GAMMA = {1, 2, 3, 1};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void eachRowByTheRootOfItsMeanSquare() {
        float[] y = new float[8];
        float[] inverse = new float[2];
        RmsNorm.forward(WORKERS, 2, 4, 0f, X, 0, GAMMA, 0, y, 0, inverse, 0);
        assertArrayEquals(new float[]{1, -2, 3, 1, 1, 2, -3, 1}, y);
        assertArrayEquals(new float[]{0.5f, 0.25f}, inverse);
    }

    @Test
    void theGradientIsFreeOfTheElements() {
        float[] dx = {0, 0, 0, 7};
        float[] dGamma = {1, 1, 1, 1};
        // g = (8, 0, 0, 0) has the part 2 along z = (1, -1, 1, 1).
        RmsNorm.backward(WORKERS, 1, 4, X, 0, GAMMA, 0, new float[]{0.5f}, 0, new float[]{8, 0, 0, 0}, 0, dx, 0, true,
                dGamma, 0, true);
        assertArrayEquals(new float[]{3, 1, -1, 6}, dx);
        assertArrayEquals(new float[]{9, 1, 1, 1}, dGamma);
    }
}
