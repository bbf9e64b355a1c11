package lanewise.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Losses and gradients at logits where they are known. */
class SoftmaxCrossEntropyTest {

    private static final Workers WORKERS = Workers.single();
    private static final float LOG_2 = 0.6931472f;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void equalLogitsCostTheLogarithmOfTheNumberOfClasses() {
        assertEquals(2 * LOG_2, loss(new float[]{7, 7, 7, 7}, 4, 2), Math.ulp(2f));
        assertEquals(LOG_2 + LOG_2, loss(new float[]{0, 0, -500, -500}, 2, 1, 0), Math.ulp(2f));
    }

    @Test
    void certainLogitsCostNothingWhenRightAndTheirDistanceWhenWrong() {
        assertEquals(0f, loss(new float[]{200, -200, 0}, 3, 0));
        assertEquals(400f, loss(new float[]{200, -200, 0}, 3, 1));
    }

    @Test
    void smallLossesKeepTheirDigits() {
        // log(1 + exp(-20)) = 2.0611536e-9, which the sum of 1 and exp(-20) in float32 would lose.
        assertEquals(2.0611537e-9f, loss(new float[]{20, 0}, 2, 0), 2 * Math.ulp(2.0611537e-9f));
    }

    @Test
    void oneClassIsCertain() {
        assertEquals(0f, loss(new float[]{-3e38f}, 1, 0));
    }

    @Test
    void noRowsCostNothing() {
        assertEquals(0f, loss(new float[0], 0));
    }

    @Test
    void specialLogits() {
        assertEquals(INFINITY, loss(new float[]{0, -INFINITY}, 2, 1));
        assertEquals(LOG_2, loss(new float[]{0, -INFINITY, 0}, 3, 0), Math.ulp(1f));
        for (float[] row : new float[][]{{0, Float.NaN}, {Float.NaN, 0}, {INFINITY, 0}, {0, INFINITY},
                {-INFINITY, -INFINITY}}) {
            for (int label = 0; label < 2; label++) {
                assertEquals(Float.NaN, loss(row, 2, label));
                assertArrayEquals(new float[]{Float.NaN, Float.NaN}, gradient(row, 2, label));
            }
        }
        assertEquals(Float.NaN, loss(new float[]{Float.NaN}, 1, 0));
        assertEquals(Float.NaN, loss(new float[]{INFINITY}, 1, 0));
    }

    @Test
    void gradientIsSoftmaxMinusOneAtTheLabel() {
        float[] z = {0, 0, 0, 0, 200, -200, 0, 0};
        int[] label = {2, 0};
        float[] dz = new float[8];
        Arrays.fill(dz, Float.NaN);
        SoftmaxCrossEntropy.backward(WORKERS, 2, 4, 0.5f, z, 0, 4, label, 0, new float[]{4}, 0, dz, 0, 4, false);
        assertArrayEquals(new float[]{0.5f, 0.5f, -1.5f, 0.5f, -0f, 0, 0, 0}, dz);
        SoftmaxCrossEntropy.backward(WORKERS, 2, 4, 0.5f, z, 0, 4, label, 0, new float[]{4}, 0, dz, 0, 4, true);
        assertArrayEquals(new float[]{1, 1, -3, 1, -0f, 0, 0, 0}, dz);
    }

    @Test
    void smallGradientsKeepTheirDigits() {
        // -exp(-20) / (1 + exp(-20)), where p - 1 in float32 would be 0.
        assertEquals(-2.0611536e-9f, gradient(new float[]{20, 0}, 2, 0)[0], 2 * Math.ulp(2.0611537e-9f));
    }

    @Test
    void gradientMayOverwriteLogits() {
        float[] z = {0, 0, 5, 5};
        SoftmaxCrossEntropy.backward(WORKERS, 2, 2, 1f, z, 0, 2, new int[]{0, 1}, 0, new float[]{1}, 0, z, 0, 2, false);
        assertArrayEquals(new float[]{-0.5f, 0.5f, 0.5f, -0.5f}, z);
    }

    @Test
    void labelsOutOfRangeAreRefused() {
        assertEquals("SoftmaxCrossEntropy.forward: label[1] = 3, need 0 <= label < cols = 3", refusal(0, 3));
        assertEquals("SoftmaxCrossEntropy.forward: label[0] = -1, need 0 <= label < cols = 3", refusal(-1, 0));
    }

    private static String refusal(int... label) {
        return assertThrows(IllegalArgumentException.class, () -> loss(new float[6], 3, label)).getMessage();
    }

    private static float loss(float[] z, int cols, int... label) {
        float[] loss = {Float.NaN};
        SoftmaxCrossEntropy.forward(WORKERS, label.length, cols, 1f, z, 0, cols, label, 0, loss, 0);
        return loss[0];
    }

    private static float[] gradient(float[] z, int cols, int... label) {
        float[] dz = new float[z.length];
        SoftmaxCrossEntropy.backward(WORKERS, label.length, cols, 1f, z, 0, cols, label, 0, new float[]{1}, 0, dz, 0,
                cols, false);
        return dz;
    }
}
