package lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import lanewise.nn.Shape;
import lanewise.nn.io.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {

    private static final Path DATA = Path.of("..", "..", "shared", "data");

    @TempDir
    private Path folder;

    @Test
    void cifarImagesAreRedGreenAndBluePlanes() throws IOException {
        byte[] records = new byte[2 * 3073];
        records[0] = 7;
        records[1] = (byte) 255;
        records[1 + 1024] = 51;
        records[3073] = 9;
        Files.write(folder.resolve("data_batch_1.bin"), records);

        Dataset images = Cifar10.train(folder);

        assertEquals(2, images.size());
        assertEquals(Shape.of(3, 32, 32), images.shape());
        assertEquals(7, images.label(0));
        assertEquals(9, images.label(1));
        float[] pixels = new float[3072];
        images.copyTo(0, pixels, 0);
        assertEquals(1, pixels[0]);
        assertEquals(0.2f, pixels[1024]);
        assertProblem(folder, "has neither test_batch.bin nor test_batch.bin.gz", () -> Cifar10.test(folder));
        records[0] = 10;
        Path file = Files.write(folder.resolve("test_batch.bin"), records);
        assertProblem(file, "image 0 has class 10, need less than 10", () -> Cifar10.test(folder));
        Files.write(file, new byte[3000]);
        assertProblem(file, "cut off: 3000 bytes at the end, need 3073 for each image", () -> Cifar10.test(folder));
    }

    @Test
    void theRealCifar() throws IOException {
        assumeTrue(Files.isDirectory(DATA.resolve("cifar10")), "needs " + DATA.resolve("cifar10"));
        Dataset test = Cifar10.test(DATA.resolve("cifar10"));
        assertEquals(10_000, test.size());
        assertEquals(10_000, Cifar10.train(DATA.resolve("cifar10")).size());
        assertEquals(3, test.label(3), "in turn");
    }

    @Test
    void tablesOfNumbers() throws IOException {
        Path file = Files.writeString(folder.resolve("iris.csv"),
                "a,b,class\n1, 2.5,0\r\n\n\"-3\",4e1,\"2\"\n");

        Dataset table = Csv.dataset(file, true, -1, 3);

        assertEquals(2, table.size());
        assertEquals(2, table.label(1));
        float[] row = new float[2];
        table.copyTo(1, row, 0);
        assertArrayEquals(new float[]{-3, 40}, row);
        assertProblem(file, "line 1, column 0 is 'a', need a number",
                () -> Csv.dataset(file, false, 2, 3));
        assertProblem(file, "line 4 has class 2, need 0 <= class < 2", () -> Csv.dataset(file, true, 2, 2));
        assertProblem(file, "line 2 has 3 columns, need one numbered 3", () -> Csv.dataset(file, true, 3, 2));
        Files.writeString(file, "1,2\n3\n");
        assertProblem(file, "line 2 has 1 columns, need 2", () -> Csv.dataset(file, false, 0, 9));
        Files.writeString(file, "x,1\n");
        assertProblem(file, "line 1 has class 'x', need a whole number", () -> Csv.dataset(file, false, 0, 9));
        Files.writeString(file, "1,x\n");
        assertProblem(file, "line 1, column 1 is 'x', need a number", () -> Csv.dataset(file, false, 0, 9));
    }

    @Test
    void charactersAsNumbers() throws IOException {
        CharacterText text = CharacterText.of("abba c");

        assertEquals(4, text.vocabularySize());
        assertArrayEquals(new int[]{1, 2, 2, 1, 0, 3}, text.tokens());
        assertEquals("cab", text.decode(text.encode("cab")));
        assertEquals("encode: character 1 is 'x', which is not in the vocabulary",
                assertThrows(IllegalArgumentException.class, () -> text.encode("ax")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> text.decode(4));
        Path file = Files.write(folder.resolve("text"), new byte[]{'a', (byte) 0xFF});
        assertProblem(file, "not UTF-8", () -> CharacterText.read(file));
        Path shakespeare = DATA.resolve("tinyshakespeare").resolve("input.txt");
        assumeTrue(Files.exists(shakespeare), "needs " + shakespeare);
        assertEquals(65, CharacterText.read(shakespeare).vocabularySize());
    }

    @Test
    void imagesInFolders() throws IOException {
        BufferedImage red = new BufferedImage(4, 6, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24; i++) {
            red.setRGB(i % 4, i / 4, 0xFF0033);
        }
        Path cats = Files.createDirectory(folder.resolve("cats"));
        Path dogs = Files.createDirectory(folder.resolve("dogs"));
        ImageIO.write(red, "png", cats.resolve("1.png").toFile());
        ImageIO.write(red, "bmp", dogs.resolve("2.bmp").toFile());

        Dataset images = ImageFolder.read(folder, 3, 2);

        assertEquals(List.of("cats", "dogs"), ImageFolder.classes(folder));
        assertEquals(2, images.size());
        assertEquals(Shape.of(3, 3, 2), images.shape());
        assertEquals(1, images.label(1));
        float[] pixels = new float[18];
        images.copyTo(1, pixels, 0);
        assertEquals(1, pixels[0]);
        assertEquals(0, pixels[6]);
        assertEquals(0.2f, pixels[12]);
        Path text = Files.writeString(dogs.resolve("0.txt"), "no image");
        assertProblem(text, "not an image of a known format", () -> ImageFolder.read(folder, 3, 2));
        assertProblem(cats, "has no folders, need one for each class", () -> ImageFolder.read(cats, 3, 2));
    }

    private static void assertProblem(Path file, String problem, Executable action) {
        assertEquals(file + ": " + problem, assertThrows(UnreadableFileException.class, action).getMessage());
    }
}
