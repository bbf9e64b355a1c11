package lanewise.properties.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.testing.PropertyHook;
import lanewise.testing.matrix.Cell;
import lanewise.testing.matrix.MatrixRunner;
import lanewise.testing.matrix.MatrixRunner.Failure;
import lanewise.testing.matrix.MatrixRunner.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A property that fails, here of a broken kernel, says how to see the same failure again. */
class ReproductionTest {

    private static final Pattern COMMAND = Pattern
            .compile(
                    "reproduce with: mvn test -Dtest='GeluProperties,ElementwiseContract#isWithinItsBound' -Dlanewise\\.seed=(-?\\d+)");
    private static final String PROPERTIES = "lanewise.properties.activation.GeluProperties";

    @TempDir
    private Path folder;

    @Test
    void aFailurePrintsASeedThatMakesItAgain() throws IOException, InterruptedException, ClassNotFoundException {
        Path broken = folder.resolve("classes");
        PlantedBugs.ALL.stream().filter(bug -> bug.what().startsWith("Gelu: accumulation")).findFirst().orElseThrow()
                .compile(broken);

        Outcome first = properties().classPathBefore(broken).run(Cell.HERE);
        Matcher command = COMMAND.matcher(first.output());
        assertTrue(command.find(), first::toString);
        String seed = "-D" + PropertyHook.SEED + "=" + command.group(1);
        Outcome again = properties().options(seed).classPathBefore(broken).run(Cell.HERE);

        assertEquals(failure(first), failure(again));
        assertTrue(properties().options(seed).run(Cell.HERE).passes(), "the kernel without its bug");
    }

    private static MatrixRunner properties() throws ClassNotFoundException {
        return new MatrixRunner().classes(Class.forName(PROPERTIES));
    }

    /** With the element, its value and the exact one. */
    private static Failure failure(Outcome outcome) {
        List<Failure> failures = outcome.failures().stream()
                .filter(failure -> failure.test().contains("$AccumulatingBackward]/[property:isWithinItsBound"))
                .toList();
        assertEquals(1, failures.size(), outcome::toString);
        return failures.getFirst();
    }
}
