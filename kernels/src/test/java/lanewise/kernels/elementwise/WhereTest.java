package lanewise.kernels.elementwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Choices that a reader can verify by hand. */
class WhereTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void takesTheFirstWhereTheConditionIsTrue() {
        float[] condition = {0, 1, Float.NaN, -0f};
        float[] y = new float[4];
        Where.forward(WORKERS, 4, condition, 0, new float[]{1, 2, 3, 4}, 0, new float[]{5, 6, 7, 8}, 0, y, 0);
        assertArrayEquals(new float[]{5, 2, 3, 8}, y);
        float[] da = {1, 1, 1, 1};
        float[] db = {0, 0, 0, 0};
        Where.backward(WORKERS, 4, condition, 0, new float[]{1, 2, 3, 4}, 0, da, 0, true, db, 0, true);
        assertArrayEquals(new float[]{1, 3, 4, 1}, da);
        assertArrayEquals(new float[]{1, 0, 0, 4}, db);
    }
}
