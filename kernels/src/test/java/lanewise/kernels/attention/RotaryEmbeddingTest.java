package lanewise.kernels.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Turns of a quarter, and other angles by hand. */
class RotaryEmbeddingTest {

    private static final Workers WORKERS = Workers.single();
    // Of one pair: the first token stays, the second is turned by a quarter.
    private static final float[] COS = {1, 0};
    private static final float[] SIN = {0, 1};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void aQuarterTurnExchangesThePair() {
        float[] y = new float[6];
        RotaryEmbedding.forward(WORKERS, 1, 2, 1, 3, 2, false, new float[]{1, 2, 3, 4, 5, 6}, 0, COS, 0, SIN, 0, y, 0);
        assertArrayEquals(new float[]{1, 2, 3, -5, 4, 6}, y);
        RotaryEmbedding.backward(WORKERS, 1, 2, 1, 3, 2, false, y, 0, COS, 0, SIN, 0, y, 0, false);
        assertArrayEquals(new float[]{1, 2, 3, 4, 5, 6}, y);
    }

    @Test
    void pairsAreHalvesOrNeighbours() {
        float[] cos = {0, 1};
        float[] sin = {1, 0};
        float[] y = new float[4];
        RotaryEmbedding.forward(WORKERS, 1, 1, 1, 4, 4, false, new float[]{1, 2, 3, 4}, 0, cos, 0, sin, 0, y, 0);
        assertArrayEquals(new float[]{-3, 2, 1, 4}, y);
        RotaryEmbedding.forward(WORKERS, 1, 1, 1, 4, 4, true, new float[]{1, 2, 3, 4}, 0, cos, 0, sin, 0, y, 0);
        assertArrayEquals(new float[]{-2, 1, 3, 4}, y);
    }

    @Test
    void headsOfATokenTurnAlike() {
        float[] y = {1, 1, 1, 1, 1, 1, 1, 1};
        RotaryEmbedding.backward(WORKERS, 1, 2, 2, 2, 2, true, new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 0, COS, 0, SIN, 0,
                y, 0, true);
        assertArrayEquals(new float[]{2, 3, 4, 5, 7, -4, 9, -6}, y);
    }

    @Test
    void oddNumbersAreRefused() {
        assertEquals("RotaryEmbedding.forward: rotated = 3, need an even number of at most dim = 4",
                assertThrows(IllegalArgumentException.class, () -> RotaryEmbedding.forward(WORKERS, 1, 1, 1, 4, 3,
                        false, new float[4], 0, COS, 0, SIN, 0, new float[4], 0)).getMessage());
    }
}
