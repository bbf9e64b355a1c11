package lanewise.kernels.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that a reader can verify by hand. */
class TopKTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void theLargestFirstAndOfEqualOnesTheEarlier() {
        float[] x = {1, 4, 4, -2, Float.NaN, 3, -0f, 0};
        float[] y = new float[6];
        int[] index = new int[6];
        TopK.forward(WORKERS, 2, 4, 3, true, x, 0, y, 0, index, 0);
        assertArrayEquals(new float[]{4, 4, 1, Float.NaN, 3, 0}, y);
        assertArrayEquals(new int[]{1, 2, 0, 0, 1, 3}, index);
        TopK.forward(WORKERS, 2, 4, 3, false, x, 0, y, 0, index, 0);
        assertArrayEquals(new float[]{-2, 1, 4, -0f, 0, 3}, y);
        assertArrayEquals(new int[]{3, 0, 1, 2, 3, 1}, index);
    }

    @Test
    void moreThanThereAreIsRefused() {
        assertEquals("TopK.forward: k = 5, need k <= 4, the elements of a row",
                assertThrows(IllegalArgumentException.class,
                        () -> TopK.forward(WORKERS, 1, 4, 5, true, new float[4], 0, new float[5], 0, new int[5], 0))
                        .getMessage());
    }
}
