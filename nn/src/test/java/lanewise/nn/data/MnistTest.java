package lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.nn.Shape;
import org.junit.jupiter.api.Test;

/** Reads the real files, where they are at hand beside the repository. */
class MnistTest {

    @Test
    void readsTheTestDigits() throws IOException {
        Path folder = Path.of("../../shared/data/mnist");
        assumeTrue(Files.isDirectory(folder), () -> "skipped: no MNIST files in " + folder.toAbsolutePath());

        Dataset test = Mnist.test(folder);

        assertEquals(10_000, test.size());
        assertEquals(Shape.of(28, 28), test.shape());
        assertEquals(7, test.label(0));
        float[] sample = new float[28 * 28];
        test.copyTo(0, sample, 0);
        double ink = 0;
        for (float v : sample) {
            assertTrue(v >= 0 && v <= 1);
            ink += v;
        }
        assertTrue(ink > 20 && ink < 200, "ink " + ink);
    }
}
