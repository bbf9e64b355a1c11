package lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import lanewise.nn.Shape;
import lanewise.nn.io.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {

    private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 7, 1};
    private static final byte[] IMAGES = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, (byte) 255, 51, 102};

    @TempDir
    private Path folder;

    @Test
    void readsPlainAndGzippedFiles() throws IOException {
        for (Path file : new Path[]{file(IMAGES), file(gzip(IMAGES))}) {
            Idx idx = Idx.read(file, 3);

            assertEquals(Shape.of(2, 1, 2), idx.shape());
            assertArrayEquals(new byte[]{0, (byte) 255, 51, 102}, idx.elements());
        }
    }

    @Test
    void imagesBecomeNumbersFromZeroToOne() throws IOException {
        Dataset dataset = Idx.dataset(file(IMAGES), file(LABELS), 10);
        float[] sample = new float[3];
        dataset.copyTo(1, sample, 1);

        assertEquals(2, dataset.size());
        assertEquals(Shape.of(1, 2), dataset.shape());
        assertEquals(10, dataset.classes());
        assertEquals(7, dataset.label(0));
        assertArrayEquals(new float[]{0, 0.2f, 0.4f}, sample);
    }

    @Test
    void everyFaultIsNamed() throws IOException {
        assertProblem("there is no such file", folder.resolve("none"));
        assertProblem("is a folder, need a file", folder);
        assertProblem("not an IDX file: need two zero bytes, type and number of axes first", file(new byte[0]));
        assertProblem("not an IDX file: need two zero bytes, type and number of axes first",
                file("PNG picture".getBytes(StandardCharsets.US_ASCII)));
        assertProblem("an IDX file of type 0x08 with 3 axes, need type 0x08 (unsigned byte) with 1", file(IMAGES));
        assertProblem("an IDX file of type 0x0D with 1 axes, need type 0x08 (unsigned byte) with 1",
                file(new byte[]{0, 0, 13, 1, 0, 0, 0, 0}));
        assertProblem("cut off within the header", file(Arrays.copyOf(LABELS, 6)));
        assertProblem("cut off: the header says [2], 2 bytes, but only 1 follow", file(Arrays.copyOf(LABELS, 9)));
        assertProblem("not a sound IDX file: more bytes follow than the 2 of [2]", file(Arrays.copyOf(LABELS, 11)));
        assertProblem("the header says [-1], more than the 2147483639 elements that can be read",
                file(new byte[]{0, 0, 8, 1, -1, -1, -1, -1}));
        byte[] packed = gzip(LABELS);
        assertProblem("cut off: the compressed data end too early", file(Arrays.copyOf(packed, packed.length - 9)));
        packed[packed.length - 8] ^= 1;
        assertProblem("damaged: Corrupt GZIP trailer", file(packed));
    }

    @Test
    void anAbsurdSizeCostsNoMemory() throws IOException {
        byte[] huge = {0, 0, 8, 1, 0x7F, 0, 0, 0, 1, 2, 3};

        assertProblem("cut off: the header says [2130706432], 2130706432 bytes, but only 3 follow", file(huge));
        assertProblem("cut off: the header says [2130706432], 2130706432 bytes, but only 3 follow", file(gzip(huge)));
    }

    @Test
    void filesThatDoNotBelongTogetherAreRefused() throws IOException {
        Path images = file(IMAGES);
        Path labels = file(new byte[]{0, 0, 8, 1, 0, 0, 0, 1, 7});

        assertEquals(labels + ": has 1 labels, but " + images + " has 2 images",
                assertThrows(UnreadableFileException.class, () -> Idx.dataset(images, labels, 10)).getMessage());
        Path good = file(LABELS);
        assertEquals(good + ": label 0 is 7, need less than 7",
                assertThrows(UnreadableFileException.class, () -> Idx.dataset(images, good, 7)).getMessage());
    }

    @Test
    void damagedFilesAreReadOrRefusedButNeverCrash() throws IOException {
        Random random = new Random(1);
        byte[][] originals = {IMAGES, gzip(IMAGES)};
        Path file = folder.resolve("mutant");
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] mutant = originals[i % 2].clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, Arrays.copyOf(mutant, random.nextInt(4) == 0
                    ? random.nextInt(mutant.length + 4)
                    : mutant.length));
            try {
                Idx idx = Idx.read(file, 3);
                assertEquals(idx.shape().size(), idx.elements().length);
            } catch (UnreadableFileException e) {
                refused++;
            }
        }
        assertTrue(refused > 1_000 && refused < 5_000, "refused " + refused);
    }

    @Test
    void mnistFolderHasFourFiles() throws IOException {
        assertEquals(folder + ": has neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz",
                assertThrows(UnreadableFileException.class, () -> Mnist.train(folder)).getMessage());
        Path none = folder.resolve("none");
        assertEquals(none + ": there is no such folder",
                assertThrows(UnreadableFileException.class, () -> Mnist.test(none)).getMessage());

        Files.write(folder.resolve("t10k-images-idx3-ubyte"), IMAGES);
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(LABELS));
        assertEquals(2, Mnist.test(folder).size());
    }

    private void assertProblem(String problem, Path file) {
        assertEquals(file + ": " + problem,
                assertThrows(UnreadableFileException.class, () -> Idx.read(file, 1)).getMessage());
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "idx", null), content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
