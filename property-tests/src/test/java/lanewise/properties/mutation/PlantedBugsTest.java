package lanewise.properties.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mistakes are planted in the kernels one at a time: the tests of the family that the normal build runs must find each of them.
 * {@code -Dlanewise.bugs=TEXT} plants those only whose names contain the text.
 */
class PlantedBugsTest {

    private static final Pattern CLASS = Pattern.compile("\\[class:([\\w.]+)]");
    private static final Pattern METHOD = Pattern.compile("\\[(?:method|property|test-factory):(\\w+)");
    /** A mistake may make a test run forever. */
    private static final long MOST_MINUTES = 4;

    @TempDir
    private Path folder;

    @Test
    void everyBugCanBePlanted() throws IOException {
        Set<String> names = new HashSet<>();
        Set<String> families = new HashSet<>();
        for (PlantedBug bug : PlantedBugs.ALL) {
            assertTrue(names.add(bug.what()), () -> "two bugs are called " + bug.what());
            assertEquals(1, bug.occurrences(), () -> "occurrences of the text to replace: " + bug);
            families.add(bug.family());
        }
        assertTrue(names.size() >= 40, () -> names.size() + " bugs");
        assertTrue(families.size() >= 14, () -> "families: " + families);
    }

    /** The check of the check: without a mistake nothing is found. */
    @Tag("mutations")
    @TestFactory
    Stream<DynamicTest> withoutABugNothingFails() {
        return Stream.concat(PlantedBugs.ALL.stream().map(PlantedBug::family).distinct(), Stream.of(FamilyTests.TABLE))
                .map(family -> dynamicTest("nothing fails: " + family, () -> assertEquals("",
                        run(Files.createDirectories(folder.resolve("none " + family)), family))));
    }

    @Tag("mutations")
    @TestFactory
    Stream<DynamicTest> everyBugIsCaught() {
        String only = System.getProperty("lanewise.bugs", "");
        return PlantedBugs.ALL.stream().filter(bug -> bug.what().contains(only))
                .map(bug -> dynamicTest(bug.what(), () -> {
                    Path classes = folder.resolve(Integer.toString(PlantedBugs.ALL.indexOf(bug))).resolve("classes");
                    bug.compile(classes);
                    long start = System.nanoTime();
                    String caughtBy = run(classes, bug.family());
                    if (caughtBy.isEmpty()) {
                        caughtBy = run(classes, FamilyTests.TABLE);
                    }
                    double seconds = (System.nanoTime() - start) / 1e9;
                    System.out.printf("| %s | `%s` | %s | %.0f s |%n", bug.what(), bug.file(),
                            caughtBy.isEmpty() ? "NOT CAUGHT" : caughtBy, seconds);
                    assertNotEquals("", caughtBy, () -> "not caught: " + bug);
                }));
    }

    /** The first test that failed; empty if none did. */
    private static String run(Path classes, String family) throws IOException, InterruptedException {
        Path output = Files.createTempFile(classes, "output", ".txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Djqwik.database=" + classes.resolve("jqwik"), "-cp",
                String.join(File.pathSeparator,
                        List.of(classes.toString(), Path.of("..", "kernels", "target", "test-classes").toString(),
                                System.getProperty("java.class.path"))),
                FamilyTests.class.getName(), family).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return "no end after " + MOST_MINUTES + " minutes";
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        String failed = printed.lines().filter(line -> line.startsWith("FAILED ")).findFirst().orElse("");
        assertEquals(failed.isEmpty() ? 0 : 1, process.exitValue(), printed);
        return failed.isEmpty() ? "" : last(CLASS, failed).replaceAll(".*\\.", "") + "." + last(METHOD, failed);
    }

    private static String last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        String last = "";
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return last;
    }
}
