package lanewise.properties.matrix;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.testing.matrix.Cell;
import lanewise.testing.matrix.MatrixRunner;
import lanewise.testing.matrix.MatrixRunner.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel passes its properties with 10,000 random shapes; the normal build tries some hundreds of them. */
@Tag("shapes")
class RandomShapesTest {

    private static final int SHAPES = 10_000;
    private static final Path SOURCES = Path.of("src/test/java");
    /** Of jqwik's report: the class or group of a property, and how often it was tried. */
    private static final Pattern TRIES = Pattern.compile(
            "^timestamp = [^,]+, (\\w+):[^|]*\\|-+jqwik-+$.*?^checks = (\\d+)",
            Pattern.MULTILINE | Pattern.DOTALL);

    static List<String> propertyClasses() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.map(file -> SOURCES.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.endsWith("Properties.java") && !name.contains(".gradient."))
                    .map(name -> name.replace(".java", "")).sorted().toList();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("propertyClasses")
    void everyKernelPassesWithTenThousandShapes(String name) throws IOException, InterruptedException {
        MatrixRunner properties = new MatrixRunner().classes(name)
                .options("-Djqwik.reporting.onlyfailures=false").time(Duration.ofMinutes(30));
        int tries = leastTries(name, properties);
        properties.triesTimes(Math.ceilDiv(SHAPES, tries));

        long start = System.nanoTime();
        int most = leastTries(name, properties);
        System.out.printf("%s: %,d tries, %.0f s%n", name, most, (System.nanoTime() - start) / 1e9);
        assertTrue(most >= SHAPES, () -> most + " tries");
    }

    /** Tries of all properties of a class; or, as a group is about one pass of a kernel, of that group which has least. */
    private static int leastTries(String name, MatrixRunner properties) throws IOException, InterruptedException {
        Outcome outcome = properties.run(Cell.HERE);
        assertTrue(outcome.passes(), outcome::toString);
        Map<String, Integer> tries = TRIES.matcher(outcome.output()).results()
                .collect(Collectors.groupingBy(report -> report.group(1),
                        Collectors.summingInt(report -> Integer.parseInt(report.group(2)))));
        if (tries.size() > 1) {
            tries.remove(name.substring(name.lastIndexOf('.') + 1));
        }
        return Collections.min(tries.values());
    }
}
