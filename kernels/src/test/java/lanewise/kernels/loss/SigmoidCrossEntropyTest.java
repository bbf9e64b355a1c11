package lanewise.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Losses and gradients at logits where they are known. */
class SigmoidCrossEntropyTest {

    private static final Workers WORKERS = Workers.single();
    private static final float LOG_2 = 0.6931472f;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void undecidedLogitsCostOneBitEach() {
        assertEquals(3 * LOG_2, loss(new float[]{0, 0, -0f}, new float[]{0, 1, 0.5f}), 3e-7f);
    }

    @Test
    void certainLogitsCostNothingWhenRightAndTheirSizeWhenWrong() {
        assertEquals(0f, loss(new float[]{200, -200}, new float[]{1, 0}));
        assertEquals(500f, loss(new float[]{200, -300}, new float[]{0, 1}));
    }

    @Test
    void smallLossesKeepTheirDigits() {
        // log(1 + exp(-20)) = 2.0611536e-9, of which log(1 - sigmoid) in float32 would leave nothing.
        assertEquals(2.0611537e-9f, loss(new float[]{20}, new float[]{1}), 2 * Math.ulp(2.0611537e-9f));
    }

    @Test
    void gradientIsSigmoidMinusTarget() {
        float[] z = {0, 200, -200, 0};
        float[] target = {1, 1, 1, 0.25f};
        float[] dz = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        SigmoidCrossEntropy.backward(WORKERS, 4, 0.5f, z, 0, target, 0, new float[]{4}, 0, dz, 0, false);
        assertArrayEquals(new float[]{-1, 0, -2, 0.5f}, dz);
        SigmoidCrossEntropy.backward(WORKERS, 4, 0.5f, z, 0, target, 0, new float[]{4}, 0, dz, 0, true);
        assertArrayEquals(new float[]{-2, 0, -4, 1}, dz);
    }

    @Test
    void gradientMayOverwriteLogitsOrTargets() {
        float[] z = {0, 200};
        SigmoidCrossEntropy.backward(WORKERS, 2, 1f, z, 0, new float[]{1, 1}, 0, new float[]{1}, 0, z, 0, false);
        assertArrayEquals(new float[]{-0.5f, 0}, z);
        float[] target = {1, 1};
        SigmoidCrossEntropy.backward(WORKERS, 2, 1f, new float[]{0, 200}, 0, target, 0, new float[]{1}, 0, target, 0,
                false);
        assertArrayEquals(new float[]{-0.5f, 0}, target);
    }

    private static float loss(float[] z, float[] target) {
        float[] loss = {Float.NaN};
        SigmoidCrossEntropy.forward(WORKERS, z.length, 1f, z, 0, target, 0, loss, 0);
        return loss[0];
    }
}
