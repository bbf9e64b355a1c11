package lanewise.kernels.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Results that a reader can verify by hand. */
class DropoutTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void zeroDropsNothingAndOneAll() {
        float[] y = new float[4];
        Dropout.forward(WORKERS, 3, 1, 2, 0f, new float[]{1, -2, 3}, 0, y, 1);
        assertArrayEquals(new float[]{0, 1, -2, 3}, y);
        Dropout.forward(WORKERS, 3, 1, 2, 1f, new float[]{1, Float.NaN, 3}, 0, y, 0);
        assertArrayEquals(new float[]{0, 0, 0, 3}, y);
    }

    @Test
    void theGradientPassesWhereTheElementDid() {
        float[] x = {1, 1, 1, 1, 1, 1, 1, 1};
        float[] dx = x.clone();
        Dropout.forward(WORKERS, 8, 1, 2, 0.5f, x, 0, x, 0);
        Dropout.backward(WORKERS, 8, 1, 2, 0.5f, dx, 0, dx, 0, false);
        assertArrayEquals(x, dx);
    }

    @Test
    void theProbabilityIsChecked() {
        assertEquals("Dropout.forward: probability = 1.5, need 0 <= probability <= 1",
                assertThrows(IllegalArgumentException.class,
                        () -> Dropout.forward(WORKERS, 0, 1, 2, 1.5f, null, 0, null, 0)).getMessage());
    }
}
