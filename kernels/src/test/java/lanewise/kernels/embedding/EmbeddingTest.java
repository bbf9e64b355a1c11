package lanewise.kernels.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows that are looked up, and what goes back to them. */
class EmbeddingTest {

    private static final Workers WORKERS = Workers.of(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void looksUpAndAddsUp() {
        int[] index = {2, 0, 2};
        float[] y = new float[6];
        Embedding.forward(WORKERS, 3, 3, 2, new float[]{1, 2, 3, 4, 5, 6}, 0, index, 0, y, 0);
        assertArrayEquals(new float[]{5, 6, 1, 2, 5, 6}, y);
        float[] dWeight = {9, 9, 9, 9, 9, 9};
        Embedding.backward(WORKERS, 3, 3, 2, new float[]{1, 2, 3, 4, 5, 6}, 0, index, 0, dWeight, 0, false);
        assertArrayEquals(new float[]{3, 4, 0, 0, 6, 8}, dWeight);
        Embedding.backward(WORKERS, 3, 3, 2, new float[]{1, 2, 3, 4, 5, 6}, 0, index, 0, dWeight, 0, true);
        assertArrayEquals(new float[]{6, 8, 0, 0, 12, 16}, dWeight);
    }

    @Test
    void numbersOutOfRangeAreNamedBeforeAnythingIsWritten() {
        float[] y = {7, 7, 7, 7};
        assertEquals("Embedding.forward: index[1] = 3, need 0 <= index < 3, the rows of the table",
                assertThrows(IllegalArgumentException.class,
                        () -> Embedding.forward(WORKERS, 2, 3, 2, new float[6], 0, new int[]{0, 3}, 0, y, 0))
                        .getMessage());
        assertArrayEquals(new float[]{7, 7, 7, 7}, y);
    }
}
