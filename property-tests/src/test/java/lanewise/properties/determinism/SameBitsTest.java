package lanewise.properties.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lanewise.kernels.internal.Lanes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kernel gives the same bits on every machine: the digests of {@link Digest}, run in other JVMs as other machines,
 * are those of this machine's own width, compiled, on 1, 2, 3 and 7 threads.
 */
class SameBitsTest {

    private static Cell here;

    @BeforeAll
    static void runHere() throws IOException, InterruptedException {
        here = Cell.run("1,2,3,7", 300, true, "-XX:+PrintCompilation");
    }

    @Test
    void theNumberOfThreadsAndTheStateOfTheCompilerChangeNothing() {
        assertEquals(Lanes.LANES, here.lanes, "lanes");
        here.checkOneDigestEach();
        assertTrue(here.digests.keySet().stream().anyMatch(kernel -> kernel.startsWith("large ")), "no large sizes");
    }

    /** Without this the repetitions might all have been interpreted. */
    @Test
    void theRepetitionsReachTheCompilersLastTier() {
        Pattern lastTier = Pattern.compile("\\s4\\s+lanewise\\.kernels\\.(gemm|internal|activation|loss)\\.");
        List<String> families = here.output.stream().map(lastTier::matcher).filter(m -> m.find()).map(m -> m.group(1))
                .distinct().sorted().toList();
        assertEquals(List.of("activation", "gemm", "internal", "loss"), families,
                "packages with methods compiled by C2");
    }

    @ParameterizedTest
    @CsvSource({"64, 2, false, 1", "128, 4, true, 2", "256, 8, false, 2", "512, 16, false, 1"})
    void theWidthOfVectorsChangesNothing(int bits, int lanes, boolean large, String threads)
            throws IOException, InterruptedException {
        Cell cell = Cell.run(threads, 1, large, "-Dlanewise.vectorBits=" + bits);
        assertEquals(lanes, cell.lanes, "the cell did not run at the width asked for");
        cell.checkSameBits(here);
    }

    /** Each of the two sets of tiles, so that the one that this machine does not use is tested too. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void theNumberOfRegistersChangesNothing(int registers) throws IOException, InterruptedException {
        Cell cell = Cell.run("2", 1, true, "-Dlanewise.vectorRegisters=" + registers);
        assertEquals(registers == 32, cell.wide, "the cell did not run with the tiles asked for");
        cell.checkSameBits(here);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
    void theCompilerChangesNothing(String flag) throws IOException, InterruptedException {
        Cell cell = Cell.run("2", 1, false, flag);
        assertEquals(Lanes.LANES, cell.lanes, "lanes");
        cell.checkSameBits(here);
    }

    /** What one JVM printed, and wrote. */
    private static final class Cell {

        private final String name;
        private final List<String> output;
        private final int lanes;
        private final boolean wide;
        private final Map<String, List<String>> digests = new TreeMap<>();

        private Cell(String name, List<String> output, List<String> lines) {
            this.name = name;
            this.output = output;
            int found = 0;
            boolean foundWide = false;
            for (String line : lines) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("lanes")) {
                    found = Integer.parseInt(words[1]);
                } else if (words[0].equals("wide")) {
                    foundWide = Boolean.parseBoolean(words[1]);
                } else if (words[0].equals("digest")) {
                    digests.computeIfAbsent(words[1] + " " + words[2], kernel -> new ArrayList<>()).add(words[3]);
                }
            }
            lanes = found;
            wide = foundWide;
        }

        static Cell run(String threads, int repetitions, boolean large, String... flags)
                throws IOException, InterruptedException {
            Path file = Files.createTempFile("lanewise-digest", ".txt");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(Arrays.asList(flags));
            command.addAll(
                    List.of("--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                            Digest.class.getName(), threads, Integer.toString(repetitions), Boolean.toString(large),
                            file.toString()));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                    .toList();
            String name = String.join(" ", flags);
            assertEquals(0, process.waitFor(),
                    () -> name + " failed: " + output.stream().limit(30).collect(Collectors.joining("\n")));
            List<String> lines = Files.readAllLines(file);
            Files.delete(file);
            return new Cell(name, output, lines);
        }

        void checkOneDigestEach() {
            assertFalse(digests.isEmpty(), "no digests");
            digests.forEach(
                    (kernel, all) -> assertEquals(1, all.size(), () -> kernel + " with " + name + ": digests " + all));
        }

        void checkSameBits(Cell other) {
            checkOneDigestEach();
            List<String> different = digests.keySet().stream()
                    .filter(kernel -> !digests.get(kernel).equals(other.digests.get(kernel))).toList();
            assertEquals(List.of(), different, "kernels whose bits differ with " + name);
            long small = other.digests.keySet().stream().filter(kernel -> kernel.startsWith("small ")).count();
            assertTrue(digests.size() >= small, "every kernel has run");
        }
    }
}
