package lanewise.kernels.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that a reader can verify by hand. */
class AdamTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void theFirstStepHasTheLengthOfTheLearningRate() {
        float[] w = {1, 1};
        float[] m = new float[2];
        float[] v = new float[2];
        Adam.update(WORKERS, 2, 0.25f, 0.5f, 0.75f, 0f, 0f, false, 1, new float[]{4, -8}, 0, w, 0, m, 0, v, 0);
        assertArrayEquals(new float[]{2, -4}, m);
        assertArrayEquals(new float[]{4, 16}, v);
        assertArrayEquals(new float[]{0.75f, 1.25f}, w);
    }

    @Test
    void decoupledDecayIsNoPartOfTheMeans() {
        float[] w = {8};
        float[] m = new float[1];
        Adam.update(WORKERS, 1, 0.5f, 0.5f, 0.75f, 0f, 0.25f, true, 1, new float[]{4}, 0, w, 0, m, 0, new float[1], 0);
        assertArrayEquals(new float[]{2}, m);
        assertArrayEquals(new float[]{6.5f}, w);
    }

    @Test
    void stepsCountFromOne() {
        var e = assertThrows(IllegalArgumentException.class, () -> Adam.update(WORKERS, 0, 1, 0, 0, 0, 0, false, 0,
                null, 0, null, 0, null, 0, null, 0));
        assertEquals("Adam.update: step = 0, need step >= 1", e.getMessage());
    }
}
