package lanewise.properties.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lanewise.properties.FamilyTests;
import lanewise.testing.matrix.Cell;
import lanewise.testing.matrix.MatrixRunner;
import lanewise.testing.matrix.MatrixRunner.Outcome;
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
    private static final Pattern METHOD = Pattern.compile("\\[(?:method|property|test-factory|test-template):(\\w+)");
    /** A mistake may make a test run forever. */
    private static final Duration MOST = Duration.ofMinutes(4);

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
        Stream<DynamicTest> families = PlantedBugs.ALL.stream().map(PlantedBug::family).distinct()
                .map(family -> dynamicTest("nothing fails: " + family,
                        () -> FamilyTests.all(family).assertPasses(Cell.HERE)));
        return Stream.concat(families,
                Stream.of(dynamicTest("nothing fails: table", () -> FamilyTests.table().assertPasses(Cell.HERE))));
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
                    String caughtBy = firstFailure(FamilyTests.all(bug.family()), classes);
                    if (caughtBy.isEmpty()) {
                        caughtBy = firstFailure(FamilyTests.table(), classes);
                    }
                    double seconds = (System.nanoTime() - start) / 1e9;
                    System.out.printf("| %s | `%s` | %s | %.0f s |%n", bug.what(), bug.file(),
                            caughtBy.isEmpty() ? "NOT CAUGHT" : caughtBy, seconds);
                    assertNotEquals("", caughtBy, () -> "not caught: " + bug);
                }));
    }

    /** The first test that failed; empty if none did. */
    private static String firstFailure(MatrixRunner tests, Path classes) throws IOException, InterruptedException {
        Outcome outcome = tests.classPathBefore(classes).endAtFirstFailure().time(MOST).run(Cell.HERE);
        if (!outcome.inTime()) {
            return "no end after " + MOST.toMinutes() + " minutes";
        }
        assertTrue(outcome.ended(), outcome::toString);
        return outcome.failures().stream().map(failure -> last(CLASS, failure.test()).replaceAll(".*\\.", "") + "."
                + last(METHOD, failure.test())).findFirst().orElse("");
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
