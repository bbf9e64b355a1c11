package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that a reader can verify by hand. */
class SgdTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void goesAgainstTheGradient() {
        float[] w = {9, 1, 2, 3, 9};
        Sgd.update(WORKERS, 3, 0.5f, 0f, new float[]{2, 0, -4}, 0, w, 1);
        assertArrayEquals(new float[]{9, 0, 2, 5, 9}, w);
    }

    @Test
    void decaysWeights() {
        float[] w = {8, -8};
        Sgd.update(WORKERS, 2, 0.5f, 0.25f, new float[]{0, 2}, 0, w, 0);
        assertArrayEquals(new float[]{7, -8}, w);
    }
}
