package lanewise.properties.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import lanewise.properties.FamilyTests;
import lanewise.testing.matrix.Cell;
import lanewise.testing.matrix.MatrixRunner;
import lanewise.testing.matrix.MatrixRunner.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The properties of every family of kernels hold on other machines: the same tests in JVMs that play them.
 * {@code -Dlanewise.cells=SSE4,C1} plays those only in full.
 */
class MatrixTest {

    private static final String CELLS = System.getProperty("lanewise.cells", "");
    private static final int TRIES = 20;
    // Without C2 a vector is an object: a hundred times slower.
    private static final int TRIES_WITHOUT_C2 = 2;
    /** Tests of all small shapes: hours in the interpreter. */
    private static final List<String> SWEEPS = List.of("sweep");

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(names = {"BITS_512", "BITS_256", "BITS_128", "NO_FMA"})
    void everyFamilyPasses(Cell cell) throws IOException, InterruptedException {
        assertPasses(FamilyTests.allProperties().mostTries(TRIES), cell);
    }

    @Tag("matrix")
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MODULE_MISSING")
    void everyFamilyPassesInFull(Cell cell) throws IOException, InterruptedException {
        assumeTrue(CELLS.isEmpty() || List.of(CELLS.split(",", -1)).contains(cell.name()), "not asked for");
        MatrixRunner tests = FamilyTests.allProperties().time(Duration.ofHours(1));
        if (cell == Cell.C1 || cell == Cell.INTERPRETER) {
            tests.mostTries(TRIES_WITHOUT_C2);
        }
        if (cell == Cell.INTERPRETER) {
            tests.withoutTags(SWEEPS);
        }
        assertPasses(tests, cell);
    }

    private static void assertPasses(MatrixRunner tests, Cell cell) throws IOException, InterruptedException {
        assumeTrue(MatrixRunner.canRun(cell), () -> "this machine has no vectors as wide as those of " + cell);
        long start = System.nanoTime();
        Outcome outcome = tests.run(cell);
        System.out.printf("%s, %.0f s%n", outcome, (System.nanoTime() - start) / 1e9);
        assertTrue(outcome.passes(), outcome::toString);
    }

    @Test
    void aCellThatIsNotTheMachineAskedForFails() throws IOException, InterruptedException {
        Outcome outcome = few().options("-Dlanewise.vectorBits=128").run(Cell.BITS_64);

        assertEquals(128, outcome.vectorBits());
        assertTrue(outcome.failures().isEmpty(), outcome::toString);
        assertFalse(outcome.passes(), outcome::toString);
        assertTrue(outcome.toString().contains("NOT THE MACHINE ASKED FOR"), outcome::toString);
    }

    @Test
    void aCellInWhichNoTestRanFails() throws IOException, InterruptedException {
        Outcome outcome = few().packages("lanewise.nothing").run(Cell.HERE);

        assertEquals("package:lanewise.nothing: no test ran", outcome.failures().getFirst().toString());
    }

    @Test
    void aJvmWithoutTheModuleSaysSo() throws IOException, InterruptedException {
        Outcome outcome = few().run(Cell.MODULE_MISSING);

        assertFalse(outcome.passes(), outcome::toString);
        assertTrue(outcome.toString().contains("--add-modules jdk.incubator.vector"), outcome::toString);
    }

    @Test
    void aJvmThatDiesOrTakesTooLongFails() throws IOException, InterruptedException {
        Outcome died = few().options("-Xmx1k").run(Cell.HERE);
        Outcome late = few().time(Duration.ofMillis(1)).run(Cell.HERE);

        assertFalse(died.passes(), died::toString);
        assertTrue(died.toString().contains("ENDED BEFORE ALL TESTS WERE RUN"), died::toString);
        assertFalse(late.passes(), late::toString);
        assertTrue(late.toString().contains("DID NOT END IN TIME"), late::toString);
    }

    private static MatrixRunner few() {
        return FamilyTests.properties("storage").mostTries(2);
    }
}
