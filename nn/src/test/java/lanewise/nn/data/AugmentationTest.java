package lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import lanewise.nn.Shape;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    @Test
    void seedEpochAndIndexDecide() {
        Dataset images = images().augment(5, Transforms.flipHorizontal(0.5f), Transforms.rotate(30),
                Transforms.elastic(0.5f, 1), Transforms.brightness(0.5f));
        Dataset again = images().augment(5, Transforms.flipHorizontal(0.5f), Transforms.rotate(30),
                Transforms.elastic(0.5f, 1), Transforms.brightness(0.5f));

        float[] first = sample(images, 3);
        sample(images, 7);
        assertArrayEquals(first, sample(images, 3), "whatever was asked for in between");
        again.beginEpoch(1);
        float[] later = sample(again, 3);
        assertFalse(Arrays.equals(first, later), "another epoch");
        assertFalse(Arrays.equals(first, sample(images, 4)), "another sample");
        again.beginEpoch(0);
        assertArrayEquals(first, sample(again, 3));
    }

    @Test
    void aFlipTurnsEachRow() {
        assertArrayEquals(new float[]{3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10},
                sample(images().augment(1, Transforms.flipHorizontal(1)), 0));
        assertArrayEquals(IMAGE, sample(images().augment(1, Transforms.flipHorizontal(0)), 0));
    }

    @Test
    void nothingMovesByNothing() {
        assertArrayEquals(IMAGE, sample(images().augment(1, Transforms.shift(0), Transforms.rotate(0),
                Transforms.elastic(0, 2), Transforms.contrast(0), Transforms.brightness(0)), 0), 1e-5f);
    }

    @Test
    void shiftsAreWholePixelsInEveryDirection() {
        Dataset one = Dataset.of(new float[]{0, 0, 0, 0, 1, 0, 0, 0, 0}, new int[1], Shape.of(3, 3), 1);
        Dataset shifted = one.augment(1, Transforms.shift(1));
        boolean[] seen = new boolean[9];
        for (int epoch = 0; epoch < 200; epoch++) {
            shifted.beginEpoch(epoch);
            float[] x = new float[9];
            shifted.copyTo(0, x, 0);
            int at = 0;
            for (int i = 0; i < 9; i++) {
                assertTrue(x[i] == 0 || x[i] == 1);
                at = x[i] == 1 ? i : at;
            }
            seen[at] = true;
        }
        assertArrayEquals(new boolean[]{true, true, true, true, true, true, true, true, true}, seen);
    }

    @Test
    void contrastKeepsTheMeanAndBrightnessTheDifferences() {
        float[] x = sample(images().augment(1, Transforms.contrast(0.5f)), 0);
        double sum = 0;
        for (float v : x) {
            sum += v;
        }
        assertEquals(6.5, sum / 12, 1e-5);
        float[] y = sample(images().augment(1, Transforms.brightness(0.5f)), 0);
        assertEquals(11, y[11] - y[0], 1e-5);
        assertFalse(Arrays.equals(IMAGE, y));
    }

    @Test
    void lightingGoesAlongItsComponents() {
        float[] x = sample(images().augment(1, Transforms.lighting(0.1f, new float[]{1}, new float[][]{{1, -2}})), 0);
        float change = x[0] - 1;
        assertTrue(change != 0);
        assertEquals(change, x[5] - 6, 1e-6);
        assertEquals(-2 * change, x[6] - 7, 1e-5);
        assertThrows(IllegalArgumentException.class,
                () -> Transforms.lighting(0.1f, new float[2], new float[1][2]));
    }

    @Test
    void aRotationTurnsAboutTheMiddle() {
        Dataset dot = Dataset.of(new float[25], new int[1], Shape.of(5, 5), 1);
        Dataset turned = dot.augment(1, (image, offset, channels, height, width, draws) -> image[offset + 12] = 1,
                Transforms.rotate(180));
        float[] x = new float[25];
        turned.copyTo(0, x, 0);
        assertEquals(1, x[12], 1e-5);
    }

    @Test
    void badSettingsAreNamed() {
        assertEquals("flipHorizontal: probability = 2.0, need 0 <= probability <= 1",
                assertThrows(IllegalArgumentException.class, () -> Transforms.flipHorizontal(2)).getMessage());
        assertEquals("rotate: most = NaN, need a finite number >= 0",
                assertThrows(IllegalArgumentException.class, () -> Transforms.rotate(Float.NaN)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> Transforms.elastic(1, 0));
        assertThrows(IllegalArgumentException.class,
                () -> Dataset.of(new float[4], new int[1], Shape.of(4), 1).augment(1));
        assertThrows(IllegalArgumentException.class, () -> images().reshape(Shape.of(5)));
    }

    private static Dataset images() {
        float[] samples = new float[10 * 12];
        for (int i = 0; i < 10; i++) {
            System.arraycopy(IMAGE, 0, samples, i * 12, 12);
        }
        return Dataset.of(samples, new int[10], Shape.of(2, 2, 3), 1);
    }

    private static float[] sample(Dataset images, int index) {
        float[] x = new float[12];
        images.copyTo(index, x, 0);
        return x;
    }
}
