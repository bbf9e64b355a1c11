package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that a reader can verify by hand. */
class AdaGradTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void dividesByTheRootOfTheSum() {
        float[] w = {1};
        float[] sum = {7};
        AdaGrad.update(WORKERS, 1, 2f, 0f, 0f, new float[]{3}, 0, w, 0, sum, 0);
        assertArrayEquals(new float[]{16}, sum);
        assertArrayEquals(new float[]{-0.5f}, w);
    }
}
