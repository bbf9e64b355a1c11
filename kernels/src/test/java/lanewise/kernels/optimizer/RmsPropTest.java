package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that a reader can verify by hand. */
class RmsPropTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void dividesByTheRootOfTheMean() {
        float[] w = {1};
        float[] square = {7};
        RmsProp.update(WORKERS, 1, 2f, 0.5f, 1f, 0f, new float[]{5}, 0, w, 0, square, 0);
        assertArrayEquals(new float[]{16}, square);
        assertArrayEquals(new float[]{-1}, w);
    }
}
