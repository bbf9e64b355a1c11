package lanewise.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Losses that a reader can verify by hand. */
class NegativeLogLikelihoodTest {

    private static final Workers WORKERS = Workers.single();
    // Two samples of two classes at two places.
    private static final float[] LOG_P = {-1, -2, -3, -4, -5, Float.NaN, -7, Float.NaN};
    private static final int[] LABEL = {0, 1, 1, -1};
    private static final float[] WEIGHT = {2, 10};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void theLabelsLogarithmTimesItsWeight() {
        float[] loss = new float[4];
        NegativeLogLikelihood.forward(WORKERS, 2, 2, 2, LOG_P, 0, LABEL, 0, WEIGHT, 0, -1, 0, loss, 0);
        assertArrayEquals(new float[]{2, 40, 70, 0}, loss);
        assertEquals(22, NegativeLogLikelihood.weightOfLabels(4, 2, LABEL, 0, WEIGHT, 0, -1));
    }

    @Test
    void halfOfASmoothedLabelIsOfAllClasses() {
        float[] loss = new float[4];
        NegativeLogLikelihood.forward(WORKERS, 2, 2, 2, LOG_P, 0, LABEL, 0, WEIGHT, 0, -1, 0.5f, loss, 0);
        // A quarter of 2 + 30, of 4 + 40 and of 10 + 70 beside half of the losses.
        assertArrayEquals(new float[]{1 + 8, 20 + 11, 35 + 20, 0}, loss);
    }

    @Test
    void gradients() {
        float[] d = {0, 0, 0, 0, 0, 0, 1, 1};
        NegativeLogLikelihood.backward(WORKERS, 2, 2, 2, LABEL, 0, WEIGHT, 0, -1, 0.5f, new float[]{1, 1, 2, 9}, 0, d,
                0, true);
        assertArrayEquals(new float[]{-1.5f, -0.5f, -2.5f, -7.5f, -1, 0, -14, 1}, d);
    }

    @Test
    void aLabelThatIsNeitherAClassNorIgnored() {
        assertEquals(
                "NegativeLogLikelihood.forward: label[1] = 2, need 0 <= label < classes = 2, or the ignored label -1",
                assertThrows(IllegalArgumentException.class,
                        () -> NegativeLogLikelihood.forward(WORKERS, 2, 2, 1, new float[4], 0, new int[]{1, 2}, 0,
                                WEIGHT, 0, -1, 0, new float[2], 0))
                        .getMessage());
    }
}
