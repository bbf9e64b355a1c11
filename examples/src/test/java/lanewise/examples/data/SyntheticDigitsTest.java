package lanewise.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import lanewise.nn.Shape;
import lanewise.nn.data.Dataset;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {

    /** The digest is the promise of the same bits on every machine; who changes how digits look changes it. */
    @Test
    void theBitsAreTheSameEverywhere() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Dataset digits = new SyntheticDigits(1, 0, 500);
        for (int i = 0; i < digits.size(); i++) {
            for (float pixel : image(digits, i)) {
                digest.update((byte) Math.round(255 * pixel));
            }
        }
        assertEquals("3593ba8bdf7bd20bbdfb575a682c4ac3a87c8df53bf08ac80f4f3303d2245f66",
                HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void thereAreTenClassesOf28By28Images() {
        Dataset digits = new SyntheticDigits(1, 5, 30);
        assertEquals(30, digits.size());
        assertEquals(10, digits.classes());
        assertEquals(Shape.of(28, 28), digits.shape());
        assertEquals(5, digits.label(0));
        assertEquals(4, digits.label(29));
    }

    @Test
    void anImageDependsOnItsIndexAndSeedAlone() {
        Dataset all = new SyntheticDigits(1, 0, 40);
        assertArrayEquals(image(all, 33), image(new SyntheticDigits(1, 33, 1), 0));
        assertFalse(Arrays.equals(image(all, 33), image(all, 23)), "two images of a digit differ");
        assertFalse(Arrays.equals(image(all, 33), image(new SyntheticDigits(2, 33, 1), 0)), "so do two seeds");
    }

    @Test
    void testImagesAreNotTrainingImages() {
        Dataset train = SyntheticDigits.train();
        Dataset test = SyntheticDigits.test();
        assertEquals(SyntheticDigits.TRAIN, train.size());
        assertEquals(SyntheticDigits.TEST, test.size());
        assertFalse(Arrays.equals(image(train, 0), image(test, 0)));
    }

    /** As in MNIST: the centre of mass in the middle of the image, the ink in a box of 20 by 20, saturated inside. */
    @Test
    void digitsAreCentredAndFillTheirBox() {
        Dataset digits = new SyntheticDigits(3, 0, 500);
        for (int i = 0; i < digits.size(); i++) {
            String which = "image " + i + ", a " + digits.label(i);
            float[] image = image(digits, i);
            double mass = 0;
            double massX = 0;
            double massY = 0;
            float darkest = 0;
            int top = 28;
            int bottom = 0;
            int left = 28;
            int right = 0;
            for (int y = 0; y < 28; y++) {
                for (int x = 0; x < 28; x++) {
                    float ink = image[28 * y + x];
                    mass += ink;
                    massX += ink * (x + 0.5);
                    massY += ink * (y + 0.5);
                    darkest = Math.max(darkest, ink);
                    if (ink > 0.3f) {
                        top = Math.min(top, y);
                        bottom = Math.max(bottom, y);
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                    }
                }
            }
            assertEquals(14, massX / mass, 1, which);
            assertEquals(14, massY / mass, 1, which);
            assertTrue(darkest > 0.9f, which);
            int larger = Math.max(bottom - top, right - left) + 1;
            assertTrue(larger >= 17 && larger <= 21, which + " is " + larger + " pixels large");
        }
    }

    private static float[] image(Dataset digits, int index) {
        float[] image = new float[28 * 28];
        digits.copyTo(index, image, 0);
        return image;
    }
}
