package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertArrayEquals(normal(new Generator(7)), normal(new Generator(7)));
        assertFalse(Arrays.equals(normal(new Generator(7)), normal(new Generator(8))));
    }

    @Test
    void eachDrawIsNew() {
        Generator random = new Generator(7);

        assertFalse(Arrays.equals(normal(random), normal(random)));
    }

    @Test
    void twoNumbersRestoreItsState() {
        Generator random = new Generator(7);
        normal(random);
        Generator restored = new Generator(random.seed(), random.drawn());

        assertEquals(1, restored.drawn());
        assertArrayEquals(normal(random), normal(restored));
    }

    @Test
    void negativePositionIsRefused() {
        assertEquals("Generator: drawn = -1, need drawn >= 0",
                assertThrows(IllegalArgumentException.class, () -> new Generator(1, -1)).getMessage());
    }

    private static float[] normal(Generator random) {
        Tensor x = Tensor.of(new float[100], 100);
        random.normal(x, 0, 1);
        return x.data();
    }
}
