package lanewise.kernels.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class OneHotTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void oneStandsAtTheClass() {
        float[] y = new float[6];
        OneHot.forward(WORKERS, 2, 3, 1, 0f, 1f, new int[]{2, 0}, 0, y, 0);
        assertArrayEquals(new float[]{0, 0, 1, 1, 0, 0}, y);
        OneHot.forward(WORKERS, 1, 3, 2, -1f, 5f, new int[]{2, 0}, 0, y, 0);
        assertArrayEquals(new float[]{-1, 5, -1, -1, 5, -1}, y);
    }

    @Test
    void aNumberOutOfRangeIsNamedBeforeAnythingIsWritten() {
        float[] y = {7, 7, 7};
        assertEquals("OneHot.forward: index[0] = -1, need 0 <= index < 3, the classes",
                assertThrows(IllegalArgumentException.class,
                        () -> OneHot.forward(WORKERS, 1, 3, 1, 0f, 1f, new int[]{-1}, 0, y, 0)).getMessage());
        assertArrayEquals(new float[]{7, 7, 7}, y);
    }
}
