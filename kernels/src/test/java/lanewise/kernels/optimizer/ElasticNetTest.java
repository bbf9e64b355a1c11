package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Weights that a reader can verify by hand. */
class ElasticNetTest {

    private static final Workers WORKERS = Workers.single();
    private static final float[] W = {2, -4, 0};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void penaltyAndGradient() {
        assertEquals(0.5 * 6 + 0.25 / 2 * 20, ElasticNet.forward(WORKERS, 3, 0.5f, 0.25f, W, 0));
        float[] dw = {1, 1, 1};
        ElasticNet.backward(WORKERS, 3, 0.5f, 0.25f, W, 0, dw, 0, true);
        assertArrayEquals(new float[]{2, -0.5f, 1}, dw);
    }

    @Test
    void factorsAreNotNegative() {
        assertEquals("ElasticNet.backward: l1 = -1.0, need l1 >= 0", assertThrows(IllegalArgumentException.class,
                () -> ElasticNet.backward(WORKERS, 3, -1, 0, W, 0, new float[3], 0, false)).getMessage());
    }
}
