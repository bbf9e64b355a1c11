package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that a reader can verify by hand. */
class AdaDeltaTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void stepsAsFarAsBefore() {
        float[] w = {1};
        float[] square = {7};
        float[] change = {4};
        AdaDelta.update(WORKERS, 1, 1f, 0.5f, 0f, 0f, new float[]{5}, 0, w, 0, square, 0, change, 0);
        assertArrayEquals(new float[]{16}, square);
        // The change is 5 * 2 / 4.
        assertArrayEquals(new float[]{-1.5f}, w);
        assertArrayEquals(new float[]{2 + 0.5f * 2.5f * 2.5f}, change);
    }
}
