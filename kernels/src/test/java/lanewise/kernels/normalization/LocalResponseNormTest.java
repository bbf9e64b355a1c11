package lanewise.kernels.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Planes that a reader can verify by hand. */
class LocalResponseNormTest {

    private static final Workers WORKERS = Workers.single();
    // One image of three channels at two places.
    private static final float[] X = {1, 0, 2, 0, 3, 1};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void eachByTheSquaresOfItsNeighbours() {
        float[] y = new float[6];
        float[] scale = new float[6];
        // alpha / size = 1: scales are 1 plus sums of squares; a window of two begins at its own channel.
        LocalResponseNorm.forward(WORKERS, 1, 3, 2, 3, 3, 1, 1, X, 0, y, 0, scale, 0);
        assertArrayEquals(new float[]{6, 1, 15, 2, 14, 2}, scale);
        assertArrayEquals(new float[]{1f / 6, 0, 2f / 15, 0, 3f / 14, 0.5f}, y, 1e-7f);
        LocalResponseNorm.forward(WORKERS, 1, 3, 2, 2, 2, 1, 1, X, 0, y, 0, scale, 0);
        assertArrayEquals(new float[]{6, 1, 14, 2, 10, 2}, scale);
    }

    @Test
    void theGradientOfALoneElement() {
        float[] dx = {5};
        // y = x / (1 + x²) has the derivative (1 - x²) / (1 + x²)².
        LocalResponseNorm.backward(WORKERS, 1, 1, 1, 1, 1, 1, new float[]{2}, 0, new float[]{0.4f}, 0, new float[]{5},
                0,
                new float[]{25}, 0, dx, 0, true);
        assertArrayEquals(new float[]{5 - 3}, dx, 2e-6f);
    }

    @Test
    void settings() {
        assertEquals("LocalResponseNorm.forward: size = 0, need size >= 1", message(0, 1, 1, 1));
        assertEquals("LocalResponseNorm.forward: alpha = -1.0, need a finite number >= 0", message(1, -1, 1, 1));
        assertEquals("LocalResponseNorm.forward: beta = NaN, need a finite number >= 0", message(1, 1, Float.NaN, 1));
        assertEquals("LocalResponseNorm.forward: k = 0.0, need k > 0", message(1, 1, 1, 0));
    }

    private static String message(int size, float alpha, float beta, float k) {
        return assertThrows(IllegalArgumentException.class,
                () -> LocalResponseNorm.forward(WORKERS, 1, 1, 1, size, alpha,
                        beta, k, new float[1], 0, new float[1], 0, new float[1], 0))
                .getMessage();
    }
}
