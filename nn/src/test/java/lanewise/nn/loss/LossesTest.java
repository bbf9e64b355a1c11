package lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The losses themselves are tested with the gradients, in {@code GradientTest}. */
class LossesTest {

    @Test
    void oneHotRows() {
        float[] target = {9, 9, 9, 9, 9, 9, 9};

        Losses.oneHot(new int[]{2, 0, 7}, 2, 3, target);

        assertArrayEquals(new float[]{0, 0, 1, 1, 0, 0, 9}, target);
    }

    @Test
    void labelsOutOfRangeAreRefusedBeforeAnythingIsWritten() {
        float[] target = {9, 9, 9};

        assertEquals("oneHot: labels[0] = 3, need 0 <= label < 3", assertThrows(IllegalArgumentException.class,
                () -> Losses.oneHot(new int[]{3}, 1, 3, target)).getMessage());
        assertArrayEquals(new float[]{9, 9, 9}, target);
    }
}
