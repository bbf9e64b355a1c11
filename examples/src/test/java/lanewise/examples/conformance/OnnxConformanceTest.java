package lanewise.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The test cases of the ONNX project and models that PyTorch exported, read from their own files beside the repository;
 * skipped where these are absent. A case is run if every operator of it has an adapter and its elements are
 * float32, integers or truth values. An operator that has none must be listed in {@link Operators}, with the reason.
 */
class OnnxConformanceTest {

    // Tests run in the folder of their module.
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().resolveSibling("shared")
            .resolve("conformance").resolve("onnx");

    private static final Workers WORKERS = Workers.of(2);

    private static List<OnnxCase> cases;

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(Files.isDirectory(ROOT), () -> "no conformance cases in " + ROOT);
        cases = Conformance.models(ROOT).stream().map(Conformance::read).toList();
    }

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCaseGivesItsOutputs() {
        return cases.stream().filter(one -> Conformance.reasonToSkip(one).isEmpty())
                .map(one -> dynamicTest(one.name(), () -> one.run(WORKERS, Operators.ADAPTERS)));
    }

    @Test
    void everyCaseIsRunOrListedWithAReason() {
        List<String> unknown = cases.stream()
                .filter(one -> one.hasKnownTypes() && Conformance.reasonToSkip(one).isPresent()
                        && !Operators.SKIPPED_CASES.containsKey(one.name())
                        && one.operators().stream().noneMatch(Operators.SKIPPED::containsKey))
                .map(one -> one.name() + " " + one.operators()).toList();
        assertEquals(List.of(), unknown, "cases that are neither run nor listed");
    }

    @Test
    void everyAdapterIsUsedAndEveryListedOperatorOccurs() {
        Set<String> run = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        for (OnnxCase one : cases) {
            all.addAll(one.operators());
            if (Conformance.reasonToSkip(one).isEmpty()) {
                run.addAll(one.operators());
            }
        }
        assertEquals(new TreeSet<>(Operators.ADAPTERS.keySet()), run, "operators that are run");
        all.removeAll(run);
        assertEquals(all, Operators.SKIPPED.keySet(), "operators that are not run, and those listed as skipped");
    }
}
