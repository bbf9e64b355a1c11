package lanewise.examples.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lanewise.examples.data.SyntheticDigits;
import lanewise.examples.systems.Lenet5;
import lanewise.nn.Module;
import lanewise.nn.io.Safetensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainLenet5Test {

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
    void trainsAndLeavesMetricsCurveAndModel() throws IOException {
        Invocation run = train(temporary, "--epochs", 4, "--batch", 8, "--decay", 0.7);

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(
                run.out().matches("[\\d,]+ images/s\\Rtest accuracy 0\\.\\d{4} \\(epoch [1-4], \\d+\\.\\d s\\)\\R"),
                run.out());
        double best = Double.parseDouble(run.out().split("test accuracy ", -1)[1].substring(0, 6));
        assertTrue(best > 0.8, () -> "four epochs should teach most of them: " + run.out());
        assertEquals(5, Files.readAllLines(temporary.resolve("metrics.csv")).size());
        assertTrue(Files.exists(temporary.resolve("curve.png")));
        Module network = Lenet5.network(0);
        network.loadStateDict(Safetensors.load(temporary.resolve("model.safetensors")));
    }

    @Test
    void theSameSeedGivesTheSameModelOnAnyNumberOfThreads() throws IOException {
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        train(first, "--epochs", 1, "--threads", 1, "--seed", 3);
        train(second, "--epochs", 1, "--threads", 3, "--seed", 3);
        assertArrayEquals(Files.readAllBytes(first.resolve("model.safetensors")),
                Files.readAllBytes(second.resolve("model.safetensors")));
    }

    @Test
    void aLearningRateThatFallsToZeroEndsTheLearning() throws IOException {
        train(temporary, "--epochs", 3, "--decay", 0);

        List<String> metrics = Files.readAllLines(temporary.resolve("metrics.csv"));
        assertEquals(accuracy(metrics.get(1)), accuracy(metrics.get(2)));
        assertEquals(accuracy(metrics.get(1)), accuracy(metrics.get(3)));
    }

    @Test
    void oneEpochOnMnistBeatsTheFullyConnectedNetwork() {
        assumeTrue(Files.isDirectory(MNIST), "skipped: no MNIST in " + MNIST.toAbsolutePath().normalize());
        Invocation run = Invocation.of("train", "lenet5", "--data", MNIST, "--out", temporary, "--epochs", 1);
        assertEquals(0, run.exitCode(), run.err());
        double accuracy = Double.parseDouble(run.out().split("test accuracy ", -1)[1].substring(0, 6));
        assertTrue(accuracy >= 0.97, run.out());
    }

    private static String accuracy(String line) {
        return line.split(",", -1)[2];
    }

    private static Invocation train(Path out, Object... options) {
        return Invocation.of(Stream
                .concat(Stream.of("train", "lenet5", "--data", digits, "--out", out), Stream.of(options)).toArray());
    }
}
