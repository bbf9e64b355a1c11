package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.bench.contest.ContestantProcess.FailedException;
import org.junit.jupiter.api.Test;

/** The protocol, both sides of it, with a real process. */
final class ContestantProcessTest {

    static final Contestant FAKE = contestant(FakeEngine.class.getName());

    static Contestant contestant(String engine) {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .toList();
        return new Contestant("fake", "", engine, classPath, List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"),
                Map.of());
    }

    private static Workload workload(String name) {
        return new Workload(name, 1e9, Unit.GFLOPS, Limit.FMA);
    }

    @Test
    void childDescribesItselfPreparesAndSamples() throws FailedException {
        try (var process = new ContestantProcess(FAKE, 1)) {
            assertEquals("fake 1.0", process.description());
            assertTrue(process.prepare(workload(FakeEngine.GOOD), 0));
            assertTrue(process.sample(workload(FakeEngine.GOOD), 0.001) > 0);
        }
    }

    @Test
    void wrongResultsAreReportedAndTheChildLivesOn() throws FailedException {
        try (var process = new ContestantProcess(FAKE, 1)) {
            var failure = assertThrows(FailedException.class, () -> process.prepare(workload(FakeEngine.WRONG), 0));
            assertEquals("DisagreementException: C[0][0] = 1, reference 2", failure.getMessage());
            process.prepare(workload(FakeEngine.GOOD), 0);
        }
    }

    @Test
    void anOperationThatIsNotOfferedIsNoFailure() throws FailedException {
        try (var process = new ContestantProcess(FAKE, 1)) {
            process.prepare(workload(FakeEngine.GOOD), 0);
            assertFalse(process.prepare(workload(FakeEngine.UNKNOWN), 0));
            assertThrows(FailedException.class, () -> process.sample(workload(FakeEngine.UNKNOWN), 0.001));
            assertThrows(FailedException.class, () -> process.sample(workload(FakeEngine.GOOD), 0.001));
        }
    }

    @Test
    void samplesNeedAPreparedWorkload() throws FailedException {
        try (var process = new ContestantProcess(FAKE, 1)) {
            var failure = assertThrows(FailedException.class,
                    () -> process.sample(workload(FakeEngine.GOOD), 0.001));
            assertEquals("IllegalStateException: not prepared: good", failure.getMessage());
        }
    }

    @Test
    void limitsNeedAnEngineThatMeasuresThem() throws FailedException {
        try (var process = new ContestantProcess(FAKE, 1)) {
            var failure = assertThrows(FailedException.class, () -> process.limit(Limit.FMA));
            assertEquals("IllegalArgumentException: this engine measures no limits", failure.getMessage());
        }
    }

    @Test
    void aDeadChildLeavesItsLastWords() throws FailedException {
        try (var process = new ContestantProcess(FAKE, 1)) {
            var failure = assertThrows(FailedException.class, () -> process.prepare(workload(FakeEngine.DEADLY), 0));
            assertEquals("the process ended with code 3: segmentation fault, or so", failure.getMessage());
            assertThrows(FailedException.class, () -> process.prepare(workload(FakeEngine.GOOD), 0));
        }
    }

    @Test
    void anEngineThatCannotStartSaysWhy() {
        var failure = assertThrows(FailedException.class, () -> new ContestantProcess(FAKE, 13));
        assertEquals("IllegalArgumentException: threads = 13, need fewer", failure.getMessage());
    }

    @Test
    void aLibraryThatIsNotThereIsNamed() {
        var failure = assertThrows(FailedException.class, () -> new ContestantProcess(contestant("no.such.Engine"), 1));
        assertEquals("ClassNotFoundException: no.such.Engine", failure.getMessage());
    }
}
