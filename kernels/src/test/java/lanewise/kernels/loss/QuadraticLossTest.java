package lanewise.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Losses that a reader can verify by hand. */
class QuadraticLossTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void isHalfOfTheSquaredDistance() {
        // 1/2 (1 + 4 + 0 + 16), once whole and once divided by a batch of 2.
        float[] y = {1, 2, 3, 4};
        float[] target = {0, 4, 3, 0};
        float[] loss = {Float.NaN, Float.NaN};
        QuadraticLoss.forward(WORKERS, 4, 1f, y, 0, target, 0, loss, 0);
        QuadraticLoss.forward(WORKERS, 4, 0.5f, y, 0, target, 0, loss, 1);
        assertArrayEquals(new float[]{10.5f, 5.25f}, loss);
    }

    @Test
    void gradientIsTheDifference() {
        float[] y = {1, 2, 3, 4};
        float[] target = {0, 4, 3, 0};
        float[] dy = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        QuadraticLoss.backward(WORKERS, 4, 0.5f, y, 0, target, 0, new float[]{3}, 0, dy, 0, false);
        assertArrayEquals(new float[]{1.5f, -3, 0, 6}, dy);
        QuadraticLoss.backward(WORKERS, 4, 0.5f, y, 0, target, 0, new float[]{3}, 0, dy, 0, true);
        assertArrayEquals(new float[]{3, -6, 0, 12}, dy);
    }

    @Test
    void errorDoesNotGrowWithTheNumberOfElements() {
        // 460 800 013.5 takes 30 bits: exact in each block and between the blocks, and rounded once.
        int n = 100_000;
        float[] y = new float[n + 3];
        Arrays.fill(y, n, n + 3, 3f);
        Arrays.fill(y, 0, n, 96f);
        float[] loss = new float[1];
        QuadraticLoss.forward(WORKERS, n + 3, 1f, y, 0, new float[n + 3], 0, loss, 0);
        assertEquals((float) (4608.0 * n + 13.5), loss[0]);
    }

    @Test
    void noElementsGiveZero() {
        float[] loss = {Float.NaN};
        QuadraticLoss.forward(WORKERS, 0, 1f, null, 0, null, 0, loss, 0);
        assertEquals(0f, loss[0]);
    }
}
