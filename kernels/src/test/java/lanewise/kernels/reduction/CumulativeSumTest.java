package lanewise.kernels.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sums that a reader can verify by hand. */
class CumulativeSumTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void alongTheLastAxis() {
        float[] y = new float[6];
        float[] x = {1, 2, 3, 10, 20, 30};
        CumulativeSum.forward(WORKERS, 2, 3, 1, false, false, x, 0, y, 0);
        assertArrayEquals(new float[]{1, 3, 6, 10, 30, 60}, y);
        CumulativeSum.forward(WORKERS, 2, 3, 1, true, true, x, 0, y, 0);
        assertArrayEquals(new float[]{5, 3, 0, 50, 30, 0}, y);
    }

    @Test
    void alongTheFirstAxis() {
        float[] y = new float[6];
        CumulativeSum.forward(WORKERS, 1, 3, 2, false, false, new float[]{1, 10, 2, 20, 3, 30}, 0, y, 0);
        assertArrayEquals(new float[]{1, 10, 3, 30, 6, 60}, y);
    }

    @Test
    void theGradientComesFromTheOtherEnd() {
        float[] dx = {1, 1, 1};
        CumulativeSum.backward(WORKERS, 1, 3, 1, false, false, new float[]{1, 2, 4}, 0, dx, 0, true);
        assertArrayEquals(new float[]{8, 7, 5}, dx);
    }
}
