package lanewise.examples.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import lanewise.examples.data.SyntheticDigits;
import lanewise.examples.systems.Mlp;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.data.Dataset;
import lanewise.nn.io.Safetensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class TrainMlpTest {

    private static final Path MNIST = Path.of("..", "..", "shared", "data", "mnist");

    @TempDir
    private static Path digits;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void writeDigits() throws IOException {
        IdxFiles.write(digits, new SyntheticDigits(7, 0, 1000), new SyntheticDigits(7, 1000, 200));
    }

    @Test
    void trainsAndLeavesMetricsCurveAndModel() throws Exception {
        Invocation run = train(digits, temporary, "--epochs", 3, "--threads", 1);

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().matches("[\\d,]+ images/s\\Rtest accuracy 0\\.\\d{4} \\(epoch [1-3], \\d+\\.\\d s\\)\\R"),
                run.out());
        List<String> metrics = Files.readAllLines(temporary.resolve("metrics.csv"));
        assertEquals("epoch,train_loss,test_accuracy,images_per_second,seconds", metrics.getFirst());
        assertEquals(4, metrics.size());
        double best = 0;
        for (int epoch = 1; epoch <= 3; epoch++) {
            double[] row = Arrays.stream(metrics.get(epoch).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
            assertEquals(5, row.length);
            assertEquals(epoch, row[0]);
            best = Math.max(best, row[2]);
        }
        String accuracy = String.format(Locale.ROOT, "%.4f", best);
        assertTrue(run.out().contains("test accuracy " + accuracy), run.out());
        assertTrue(best > 0.5, () -> "three epochs should teach something: " + run.out());

        BufferedImage curve = ImageIO.read(temporary.resolve("curve.png").toFile());
        assertEquals(800, curve.getWidth());
        assertEquals("svg", parse(temporary.resolve("curve.svg")).getDocumentElement().getTagName());

        Path model = temporary.resolve("model.safetensors");
        Module network = Mlp.network(Mlp.Cost.QUADRATIC, Mlp.Start.NORMAL, 0);
        network.loadStateDict(Safetensors.load(model));
        assertEquals(accuracy, Safetensors.metadata(model).get("test_accuracy"));
    }

    @Test
    void resumesFromACheckpointToTheSameBits() throws IOException {
        Path whole = temporary.resolve("whole");
        Path parts = temporary.resolve("parts");
        assertEquals(0, train(digits, whole, "--epochs", 3, "--threads", 1).exitCode());
        assertEquals(0, train(digits, parts, "--epochs", 1, "--threads", 1).exitCode());

        Path checkpoint = parts.resolve("checkpoint.safetensors");
        Invocation rest = Invocation.of("train", "mlp", "--data", digits, "--epochs", 3, "--threads", 2, "--resume",
                checkpoint);

        assertEquals(0, rest.exitCode(), rest.err());
        assertEquals(4, Files.readAllLines(parts.resolve("metrics.csv")).size(), "the first epoch is kept");
        assertArrayEquals(Files.readAllBytes(whole.resolve("model.safetensors")),
                Files.readAllBytes(parts.resolve("model.safetensors")));
        Invocation other = Invocation.of("train", "lenet5", "--data", digits, "--resume", checkpoint, "--out",
                temporary.resolve("other"));
        assertEquals(2, other.exitCode());
        assertTrue(other.err().contains("checkpoint.safetensors: does not fit 'network': "), other.err());
        assertEquals(2, Invocation.of("train", "mlp", "--resume", temporary.resolve("none")).exitCode());
        List<String> metrics = Files.readAllLines(parts.resolve("metrics.csv"));
        assertEquals(2, Invocation.of("train", "lenet5", "--data", digits, "--resume", checkpoint).exitCode());
        assertEquals(metrics, Files.readAllLines(parts.resolve("metrics.csv")),
                "a refused training overwrites nothing");
    }

    @Test
    void theSameSeedGivesTheSameModelOnAnyNumberOfThreads() throws IOException {
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        Path other = temporary.resolve("other");
        train(digits, first, "--epochs", 1, "--threads", 1, "--seed", 3);
        train(digits, second, "--epochs", 1, "--threads", 3, "--seed", 3);
        train(digits, other, "--epochs", 1, "--threads", 1, "--seed", 4);
        byte[] model = Files.readAllBytes(first.resolve("model.safetensors"));
        assertArrayEquals(model, Files.readAllBytes(second.resolve("model.safetensors")));
        assertFalse(Arrays.equals(model, Files.readAllBytes(other.resolve("model.safetensors"))));
    }

    @Test
    void readsGzippedFiles() throws IOException {
        for (Path file : filesOf(digits)) {
            try (OutputStream out = new GZIPOutputStream(
                    Files.newOutputStream(temporary.resolve(file.getFileName() + ".gz")))) {
                Files.copy(file, out);
            }
        }
        Invocation run = train(temporary, temporary.resolve("out"), "--epochs", 1);
        assertEquals(0, run.exitCode(), run.err());
    }

    @Test
    void tellsEachEpochWhereNobodyWatches() {
        Invocation run = train(digits, temporary, "--epochs", 2);
        assertTrue(run.err().lines().anyMatch(line -> line.matches(
                "epoch 2/2  loss 0\\.\\d{4}  test accuracy 0\\.\\d{4}  [\\d,]+ images/s  0 s left")), run.err());
    }

    @Test
    void aMissingFolderOrFileIsOneSentence() throws IOException {
        assertRejected("there is no such folder", temporary.resolve("nowhere"));
        copyDigits();
        Files.delete(temporary.resolve("t10k-labels-idx1-ubyte"));
        assertRejected("has neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz", temporary);
    }

    @Test
    void aTruncatedFileIsOneSentence() throws IOException {
        copyDigits();
        Path images = temporary.resolve("train-images-idx3-ubyte");
        byte[] whole = Files.readAllBytes(images);
        for (int length : new int[]{0, 3, 10, 16, whole.length - 1}) {
            Files.write(images, Arrays.copyOf(whole, length));
            assertRejected("train-images-idx3-ubyte: ", temporary);
        }
    }

    @Test
    void aForeignFileIsOneSentence() throws IOException {
        copyDigits();
        Files.writeString(temporary.resolve("t10k-images-idx3-ubyte"), "%PDF-1.7 this is not an IDX file at all");
        assertRejected("t10k-images-idx3-ubyte: ", temporary);
    }

    @Test
    void imagesOfAnotherSizeAreRejected() throws IOException {
        Dataset small = Dataset.of(new float[2 * 9], new int[]{0, 1}, Shape.of(3, 3), 10);
        IdxFiles.write(temporary, small, small);
        assertRejected("the images are [3, 3], need [28, 28]", temporary);
    }

    @Test
    void aFolderThatCannotBeMadeIsOneSentence() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        Invocation run = train(digits, file.resolve("out"));
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("Cannot make the folder"), run.err());
    }

    /** The book's curve begins at 92.7 % with these settings. */
    @Test
    void oneEpochOfChapter3OnMnistReachesWhatTheBookShows() {
        assumeTrue(Files.isDirectory(MNIST), "skipped: no MNIST in " + MNIST.toAbsolutePath().normalize());
        Invocation run = train(MNIST, temporary, "--epochs", 1, "--cost", "cross-entropy", "--lambda", 5, "--init",
                "scaled");
        assertEquals(0, run.exitCode(), run.err());
        double accuracy = Double.parseDouble(run.out().split("test accuracy ", -1)[1].substring(0, 6));
        assertTrue(accuracy >= 0.915, run.out());
    }

    private static Invocation train(Path data, Path out, Object... options) {
        return Invocation.of(Stream.concat(Stream.of("train", "mlp", "--data", data, "--out", out), Stream.of(options))
                .toArray());
    }

    private void assertRejected(String reason, Path data) {
        Path out = temporary.resolve("out");
        Invocation run = train(data, out);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("lanewise: " + data) && run.err().contains(reason), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    private void copyDigits() throws IOException {
        for (Path file : filesOf(digits)) {
            Files.copy(file, temporary.resolve(file.getFileName()));
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Document parse(Path svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(svg.toFile());
    }
}
