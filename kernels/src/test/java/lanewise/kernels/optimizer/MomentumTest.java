package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that a reader can verify by hand. */
class MomentumTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void keepsGoing() {
        float[] w = {9, 8, 9};
        float[] velocity = {9, 9, 4};
        Momentum.update(WORKERS, 1, 0.5f, 0.5f, 0f, false, 0f, new float[]{2}, 0, w, 1, velocity, 2);
        assertArrayEquals(new float[]{9, 9, 4}, velocity);
        assertArrayEquals(new float[]{9, 6, 9}, w);
    }

    @Test
    void looksAheadAsNesterovDoes() {
        float[] w = {8};
        float[] velocity = {4};
        Momentum.update(WORKERS, 1, 0.5f, 0.5f, 0f, true, 0.25f, new float[]{2}, 0, w, 0, velocity, 0);
        // The gradient is 2 + 8 / 4 = 4, the velocity 2 + 4 = 6, the direction 4 + 3.
        assertArrayEquals(new float[]{6}, velocity);
        assertArrayEquals(new float[]{4.5f}, w);
    }
}
