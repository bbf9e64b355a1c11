package lanewise.kernels.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Choices that a reader can verify by hand. */
class GatherElementsTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void takesAndGivesBack() {
        // Two rows of three along the first axis: columns of a 3 x 2 matrix.
        float[] x = {1, 10, 2, 20, 3, 30};
        int[] index = {2, 0, 2, 1};
        float[] y = new float[4];
        GatherElements.forward(WORKERS, 1, 3, 2, 2, x, 0, index, 0, y, 0);
        assertArrayEquals(new float[]{3, 10, 3, 20}, y);
        float[] dx = {9, 9, 9, 9, 9, 9};
        GatherElements.backward(WORKERS, 1, 3, 2, 2, new float[]{1, 2, 3, 4}, 0, index, 0, dx, 0, false);
        assertArrayEquals(new float[]{0, 2, 0, 4, 4, 0}, dx);
    }

    @Test
    void aNumberOutOfRangeIsNamedBeforeAnythingIsWritten() {
        float[] dx = {7, 7};
        assertEquals("GatherElements.backward: index[0] = 2, need 0 <= index < 2, the elements of a row",
                assertThrows(IllegalArgumentException.class, () -> GatherElements.backward(WORKERS, 1, 2, 1, 1,
                        new float[1], 0, new int[]{2}, 0, dx, 0, false)).getMessage());
        assertArrayEquals(new float[]{7, 7}, dx);
    }
}
